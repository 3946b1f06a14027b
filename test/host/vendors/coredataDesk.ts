import assert from 'node:assert/strict';
import { Desk } from './desk.ts';

/** A project or whatever else the tenant holds, as the vendor shows it. */
export interface Held {
	readonly id: string;
	readonly title: string;
	readonly [property: string]: unknown;
}

interface Arrived {
	/** `METHOD /path` */
	readonly line: string;
	readonly body: unknown;
}

/** The header by which somebody else is told from us. */
const somebodyElse = 'x-somebody-else';

/** A desk at CoreData: what we change there is noted as it arrives, and somebody else can be at work in between. */
export class CoreDesk {
	readonly desk: Desk;
	/** Our changes since they were last forgotten. */
	arrived: Arrived[] = [];
	/** Answers in the vendor's place, where a test wants one. */
	instead: (line: string) => Response | undefined = () => undefined;
	#due: { readonly line: string; left: number; readonly act: () => Promise<unknown> } | undefined;

	private constructor(desk: Desk) {
		this.desk = desk;
		this.#watch();
	}

	static async open(change?: Parameters<typeof Desk.open>[1]): Promise<CoreDesk> {
		return new CoreDesk(await Desk.open('coredata', change));
	}

	/** Forgets what one test wanted of the vendor. */
	calm(): void {
		assert.equal(this.#due, undefined, 'nobody else came in between');
		this.desk.served.faults.clear();
		this.instead = () => undefined;
		this.arrived = [];
	}

	all(kind: 'projects' | 'tasks' | 'folders' | 'contacts' | 'comments'): readonly Held[] {
		return this.desk.served.state[kind] as readonly Held[];
	}

	project(title: string, space = 'Harbour renewal'): Held {
		const found = this.all('projects').find(
			(one) => one.title === title && (one['space'] as Partial<Held>).title === space,
		);
		assert.ok(found, `there is no project ${title} in ${space}`);
		return found;
	}

	contact(title: string): string {
		return this.all('contacts').find((one) => one.title === title)?.id ?? assert.fail(`there is no contact ${title}`);
	}

	/** What somebody else does there. */
	async elsewhere(method: string, path: string, body?: unknown): Promise<void> {
		const { url, user, key } = this.desk.served.address as Record<string, string>;
		const headers = {
			authorization: `apikey ${user}:${key}`,
			'content-type': 'application/json',
			[somebodyElse]: 'yes',
		};
		const answer = await fetch(`${url}/api/v2/${path}`, { method, headers, body: JSON.stringify(body) });
		assert.ok(answer.ok, await answer.text());
	}

	/** Somebody else changes a project right before it is asked for the given time. */
	meanwhile({ id }: Held, time: number, body: unknown): void {
		this.#due = {
			line: `GET /api/v2/projects/${id}/`,
			left: time,
			act: () =>
				body === undefined
					? this.elsewhere('DELETE', `projects/${id}/`)
					: this.elsewhere('PUT', `projects/${id}/`, body),
		};
	}

	/** The vendor refuses every change with these words about properties. */
	refuse(words: unknown, status = 400): void {
		this.instead = (line) => (line.startsWith('GET ') ? undefined : Response.json(words, { status }));
	}

	#watch(): void {
		const { faults } = this.desk.served;
		const strike = faults.strike.bind(faults);
		faults.strike = async (request, connection, answer) => {
			if (request.headers.has(somebodyElse)) {
				return answer();
			}
			const line = `${request.method} ${new URL(request.url).pathname}`;
			if (request.method !== 'GET') {
				const text = await request.clone().text();
				this.arrived.push({ line, body: text === '' ? undefined : JSON.parse(text) });
			}
			await this.#interfere(line);
			return this.instead(line) ?? strike(request, connection, answer);
		};
	}

	async #interfere(line: string): Promise<void> {
		const due = this.#due;
		if (due?.line === line) {
			due.left -= 1;
			if (due.left === 0) {
				this.#due = undefined;
				await due.act();
			}
		}
	}
}

/** The properties in which a thing differs from what it was, besides when it was changed. */
export function differing(before: Held, after: Held): readonly string[] {
	return Object.keys(after).filter(
		(name) => name !== 'modified' && JSON.stringify(before[name]) !== JSON.stringify(after[name]),
	);
}
