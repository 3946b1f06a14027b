export type Query = Readonly<Record<string, string | number | boolean | readonly (string | number)[] | undefined>>;

export function toSearchParams(query: Query): URLSearchParams {
	const parameters = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) {
		for (const one of Array.isArray(value) ? value : [value]) {
			if (one !== undefined) {
				parameters.append(name, String(one));
			}
		}
	}
	return parameters;
}
