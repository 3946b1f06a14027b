/** What the vendor answers with `code: "error"`. */
export class Declined extends Error {}

export function found<T>(one: T | undefined, what: string): T {
	if (one === undefined) {
		throw new Declined(`${what} not found`);
	}
	return one;
}

/**
 * The arguments of one call. `takes` lists their names: `name!` must be there, `name*` (or `name*!`) may be a list (`name[]=` each, or
 * one plain value), `name[]` is a list alone, `name{}` is a list of records (`name[0][key]=`). Anything else is refused, and so is a
 * blank name.
 */
export class Args {
	readonly #values = new Map<string, string[]>();
	readonly records: Record<string, string>[] = [];

	constructor(body: string, takes: string) {
		const known = new Map(
			takes
				.split(' ')
				.filter(Boolean)
				.map((word) => [word.replace(/\W+$/, ''), word]),
		);
		for (const [key, value] of new URLSearchParams(body)) {
			const [, name = '', rest = ''] = /^(\w+)(.*)$/.exec(key) ?? [];
			const word = known.get(name);
			const record = /^\[(\d+)\]\[(filename|url)\]$/.exec(rest);
			const values = this.#values.get(name) ?? [];
			if (word?.endsWith('{}') && record) {
				(this.records[Number(record[1])] ??= {})[record[2] ?? ''] = value;
			} else if (word === undefined || !(rest === '[]' ? /\*|\[]$/ : /[\w*!]$/).test(word) || !/^(\[])?$/.test(rest)) {
				throw new Declined(`Unknown argument ${key}`);
			} else if (rest === '' && values.length > 0) {
				throw new Declined(`Argument ${name} was given twice`);
			}
			this.#values.set(name, [...values, value]);
		}
		for (const [name, word] of known) {
			if ((word.endsWith('!') && !this.one(name)) || (name === 'name' && this.has(name) && !this.one(name).trim())) {
				throw new Declined(`Missing argument ${name}`);
			}
		}
	}

	one(name: string): string {
		return this.#values.get(name)?.[0] ?? '';
	}

	many(name: string): readonly string[] {
		return this.#values.get(name) ?? [];
	}

	has(name: string): boolean {
		return this.#values.has(name);
	}

	/** The named arguments that were given. */
	pick(names: string): Record<string, string> {
		return Object.fromEntries(
			names
				.split(' ')
				.filter((name) => this.has(name))
				.map((name) => [name, this.one(name)]),
		);
	}
}
