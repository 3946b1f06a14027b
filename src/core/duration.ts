const units = [
	{ unit: 'day', size: 86_400_000 },
	{ unit: 'hour', size: 3_600_000 },
	{ unit: 'minute', size: 60_000 },
	{ unit: 'second', size: 1000 },
] as const;

/** Milliseconds as people say them, in the largest unit of which there is one or are at least two: "90 seconds", "5 minutes". */
export function durationText(milliseconds: number): string {
	const fits = ({ size }: { readonly size: number }) => milliseconds === size || milliseconds >= 2 * size;
	const { unit, size } = units.find(fits) ?? { unit: 'millisecond', size: 1 };
	return new Intl.NumberFormat(undefined, { style: 'unit', unit, unitDisplay: 'long' }).format(
		Math.round(milliseconds / size),
	);
}
