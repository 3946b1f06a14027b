/**
 * A point in time of a reply: seconds since 1970, or a text in UTC such as `2026-01-31 08:00:00Z`, whose `Z` older replies
 * leave out. Undefined where there is none.
 */
export function timeOf(time: string | number | null | undefined): string | undefined {
	if (!time) {
		return undefined;
	}
	const at = new Date(typeof time === 'number' ? time * 1000 : zoned(time.trim().replace(' ', 'T')));
	return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

function zoned(time: string): string {
	return /T[\d:.]+$/.test(time) ? `${time}Z` : time;
}
