import assert from 'node:assert/strict';
import { InvalidInput, NotAllowed, OutcomeUnknown, Refused } from '../../src/core/errors.ts';
import { problemsOf, type Values } from '../../src/core/form.ts';
import type { Board, Card, Column, Workspace } from '../../src/core/model.ts';
import { allItems } from '../../src/core/page.ts';
import type { Session } from '../../src/core/provider.ts';
import { planbox } from '../../src/providers/planbox/index.ts';
import { startVendor, type TestVendor } from '../support/sandbox.ts';
import { memoryCredentials, type Opened, openPractice, signal } from '../support/session.ts';

interface Story {
	readonly id: number;
	readonly name: string;
	readonly status: string;
	readonly timeframe: string;
	readonly tasks: readonly { id: number; name: string; status: string; timer_start?: string }[];
	readonly [more: string]: unknown;
}

describe('cards of Planbox', () => {
	let server: TestVendor;
	let opened: Opened;
	let session: Session;
	/** What was sent: call and form. */
	let lines: string[];
	let instead: (line: string) => Response | undefined | Promise<Response | undefined>;

	beforeEach(async () => {
		server = await startVendor('planbox', { clock: () => Date.UTC(2026, 10, 20, 12) });
		opened = await openPractice(planbox, server.address);
		lines = [];
		instead = () => undefined;
		session = sessionOf();
	});
	afterEach(() => server.close());

	function sessionOf(token?: string): Session {
		const { account, io } = opened;
		const recording: typeof fetch = async (input, init) => {
			const request = new Request(input, init);
			const form = decodeURIComponent((await request.clone().text()).replaceAll('+', ' '));
			const line = `${new URL(request.url).pathname.replace('/api/', '')} ${form}`.trim();
			lines.push(line);
			return (await instead(line)) ?? fetch(request);
		};
		const secrets = token === undefined ? account.secrets : { token };
		return planbox.open(account, { ...io, fetch: recording, credentials: memoryCredentials(secrets) });
	}

	async function workspace(at = 0, own = session): Promise<Workspace> {
		return (await own.workspaces(signal())).items[at] as Workspace;
	}

	async function board(at = 0, own = session): Promise<Board> {
		return (await own.boards!.list(await workspace(at, own), signal())).items[0] as Board;
	}

	async function column(id = 'current', at = 0, own = session): Promise<Column> {
		return (await own.boards!.columns(await board(at, own), signal())).find((one) => one.id === id) as Column;
	}

	async function cardsIn(id = 'current', at = 0, own = session): Promise<readonly Card[]> {
		return allItems(await own.boards!.cards(await column(id, at, own), signal()), signal());
	}

	async function someCard(own = session): Promise<Card> {
		const found = (await cardsIn('current', 0, own)).find(({ id }) => story(id).status === 'inprogress');
		assert.ok(found);
		return found;
	}

	const stories = () => server.state['stories'] as readonly Story[];
	const story = (id: string): Story => stories().find((one) => String(one.id) === id)!;
	const held = (): readonly Story[] => structuredClone(stories());
	const others = (id: string): readonly Story[] => held().filter((one) => String(one.id) !== id);

	async function edit(card: Card, values: Values): Promise<Card> {
		lines.length = 0;
		return session.cards!.editing!.edit(card, values, signal());
	}

	it('lists who works on an item, how far its tasks are and how many comments it has', async () => {
		const cards = await cardsIn();
		for (const card of cards) {
			const { tasks, comments } = story(card.id) as Story & { comments: unknown[] };
			const done = tasks.filter(({ status }) => status === 'completed').length;
			assert.deepEqual(card.progress, { done, total: tasks.length });
			assert.equal(card.comments ?? 0, comments.length);
			assert.equal(card.readOnly, undefined);
		}
		assert.ok(cards.some(({ assigneeIds }) => assigneeIds?.length));
	});

	describe('looking', () => {
		it('tells the fields, tasks, files and facts of one item', async () => {
			const [archive] = await session.archives!.ofBoard!(await board(), signal());
			const [folder] = (await session.archives!.entries(archive!, signal())).items;
			const cards = (await Promise.all(['current', 'next', 'backlog'].map((id) => cardsIn(id)))).flat();
			const card = cards.find(({ id }) => id === folder?.id)!;
			lines.length = 0;
			const detail = await session.cards!.look(card, signal());
			assert.deepEqual(lines, [`get_story story_id=${card.id}`]);
			assert.deepEqual(detail.card, card);
			const fields = session.cards!.editing!.fields(card);
			assert.deepEqual(Object.keys(detail.values).sort(), fields.map(({ id }) => id).sort());
			const unwell = problemsOf(fields, detail.values).map(({ field }) => field);
			assert.ok(
				unwell.every((field) => field === 'status'),
				'only a status can be one that nothing leads into',
			);
			assert.equal(detail.values['description'], story(card.id)['description']);
			assert.deepEqual(
				detail.checklist,
				story(card.id).tasks.map(({ id, name, status }) => ({
					id: String(id),
					title: name,
					done: status === 'completed',
				})),
			);
			const listed = await session.archives!.entries(folder as never, signal());
			assert.deepEqual(detail.attachments, listed.items);
			assert.ok(detail.facts?.some(({ label }) => label === 'Type'));
		});

		it('reads an attachment through the archives', async () => {
			const cards = (await Promise.all(['current', 'next', 'backlog'].map((id) => cardsIn(id)))).flat();
			for (const card of cards) {
				const { attachments } = await session.cards!.look(card, signal());
				const file = attachments?.find(({ notDownloadable }) => notDownloadable === undefined);
				if (file) {
					const { stream } = (await session.archives!.read(file, signal())) as unknown as { stream?: ReadableStream };
					assert.notEqual(stream, null);
					return;
				}
			}
			assert.fail('no item has a file that can be read');
		});

		it('lists comments from the oldest to the newest', async () => {
			let card: Card | undefined;
			for (const on of (await session.boards!.list(await workspace(), signal())).items) {
				for (const at of await session.boards!.columns(on, signal())) {
					card ??= (await session.boards!.cards(at, signal())).items.find(({ comments }) => comments);
				}
			}
			assert.equal(card?.comments, 2);
			const { items } = await session.cards!.comments!.list(card, signal());
			assert.deepEqual(
				items.map(({ text }) => text),
				[{ text: 'Deck 2 first' }, { text: 'Agreed with the harbour master.' }],
			);
			assert.match(items[0]?.created ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
			assert.equal(new Set(items.map(({ id }) => id)).size, items.length);
		});
	});

	describe('editing', () => {
		it('sends what changed and nothing else, and forgets the items of this initiative alone', async () => {
			await cardsIn('current', 1);
			const card = await someCard();
			const rest = others(card.id);
			const before = structuredClone(story(card.id));
			const after = await edit(card, { title: 'Renamed', due: card.dueDate ?? '' });
			const read = `get_story story_id=${card.id}`;
			assert.deepEqual(lines, [read, `update_story story_id=${card.id}&name=Renamed`, read]);
			assert.deepEqual(after, { ...card, title: 'Renamed' });
			assert.deepEqual(story(card.id), { ...before, name: 'Renamed' });
			assert.deepEqual(others(card.id), rest);
			lines.length = 0;
			assert.ok((await cardsIn()).some(({ title }) => title === 'Renamed'));
			assert.equal(lines.length, 1);
			await cardsIn('current', 1);
			assert.equal(lines.length, 1);
		});

		it('changes every field and clears every one that may be empty', async () => {
			const card = await someCard();
			const values = {
				title: 'All new',
				description: '<p>Tide &amp; time</p>',
				due: '2027-01-02',
				labels: ['ui', 'quay'],
				status: 'delivered',
			};
			const full = await edit(card, values);
			const inprogress = [String(story(card.id).tasks.find(({ status }) => status === 'inprogress')?.id)];
			assert.deepEqual((await session.cards!.look(full, signal())).values, { ...values, inprogress });
			assert.deepEqual([full.status, full.done, full.labels], ['Verified', true, ['ui', 'quay']]);
			const cleared = await edit(full, { description: '', due: '', labels: [] });
			assert.deepEqual([cleared.description, cleared.dueDate, cleared.labels], [undefined, undefined, undefined]);
		});

		it('leads into a status by its action and looks whether it is there', async () => {
			const card = await someCard();
			await edit(card, { status: 'accepted' });
			assert.equal(lines[1], `update_story_status story_id=${card.id}&action=accept`);
			assert.equal(story(card.id).status, 'accepted');
			instead = (line) =>
				line.startsWith('update_story_status') ? Response.json({ code: 'ok', content: {} }) : undefined;
			await assert.rejects(edit(card, { status: 'released' }), (error) => {
				assert.ok(error instanceof Refused);
				assert.deepEqual(error.problems, [{ field: 'status', message: 'Planbox did not take this.' }]);
				return true;
			});
		});

		it('offers what an item can be led into, and what it is in', async () => {
			const field = session.cards!.editing!.fields(await someCard()).find(({ id }) => id === 'status');
			assert.ok(field?.kind === 'choice');
			const { items } = await field.choices({ status: 'inprogress' }, signal());
			assert.deepEqual(
				items.map(({ value }) => value),
				['inprogress', 'completed', 'delivered', 'accepted', 'rejected', 'released'],
			);
		});

		it('drops no tag that somebody else added in the meantime', async () => {
			const card = await edit(await someCard(), { labels: ['a', 'b'] });
			Object.assign(story(card.id), { tags: 'a,b,theirs' });
			const after = await edit(card, { labels: ['b', 'mine'] });
			assert.deepEqual(after.labels, ['b', 'theirs', 'mine']);
		});

		it('changes nothing for values that can’t be', async () => {
			const card = await someCard();
			const before = held();
			for (const values of [
				{ title: ' ' },
				{ due: '2026-02-30' },
				{ labels: ['a,b'] },
				{ status: 'pending' },
				{ x: 'y' },
			]) {
				await assert.rejects(edit(card, values), InvalidInput, JSON.stringify(values));
				assert.ok(!lines.some((line) => line.startsWith('update')));
			}
			assert.deepEqual(held(), before);
		});

		it('is not known to have happened where the connection broke, and is not sent again', async () => {
			const card = await someCard();
			server.fault('update_story', 'cut');
			await assert.rejects(edit(card, { title: 'Perhaps' }), OutcomeUnknown);
			assert.equal(lines.filter((line) => line.startsWith('update_story')).length, 1);
		});

		it('shows what was sent where the item can’t be read afterwards', async () => {
			const card = await someCard();
			let read = 0;
			instead = (line) => {
				read += Number(line.startsWith('get_story '));
				return read > 1 ? Response.json({ code: 'error', content: 'Story not found' }) : undefined;
			};
			assert.equal((await edit(card, { title: 'Unseen' })).title, 'Unseen');
			assert.equal(story(card.id).name, 'Unseen');
		});
	});

	describe('moving', () => {
		it('puts an item first or last in a timeframe and changes nothing else', async () => {
			const card = await someCard();
			const before = structuredClone(story(card.id));
			const rest = others(card.id);
			const to = await column('next');
			const { moving } = session.cards!;
			assert.equal(moving!.places, 'ends');
			lines.length = 0;
			const after = await moving!.move(card, to, undefined, signal());
			assert.equal(lines[0], `move_story_to_iteration story_id=${card.id}&timeframe=next&position=top`);
			assert.deepEqual(after, { ...card, columnId: 'next' });
			assert.equal((await cardsIn('next'))[0]?.id, card.id);
			lines.length = 0;
			await moving!.move(after, to, 'any', signal());
			assert.equal(lines[0], `move_story_to_iteration story_id=${card.id}&timeframe=next&position=bottom`);
			assert.equal((await cardsIn('next')).at(-1)?.id, card.id);
			const { iteration_id: _a, timeframe: _b, priority: _c, ...kept } = story(card.id);
			const { iteration_id: _d, timeframe: _e, priority: _f, ...was } = before;
			assert.deepEqual(kept, was);
			assert.deepEqual(others(card.id), rest);
		});

		it('refuses a timeframe of another project before anything is sent', async () => {
			const card = await someCard();
			const elsewhere = await column('next', 1);
			lines.length = 0;
			assert.match(session.cards!.moving!.whyNot!(card, elsewhere) ?? '', /another project/);
			await assert.rejects(session.cards!.moving!.move(card, elsewhere, undefined, signal()), Refused);
			assert.deepEqual(lines, []);
		});
	});

	describe('making', () => {
		const values = { title: 'Show tides', description: '<p>Per quay</p>', due: '2026-12-01', labels: ['ui'] };

		it('makes an item by the initiative’s token, in this project and timeframe, in this person’s name', async () => {
			const place = await column('next');
			const rest = held();
			const [product] = server.state['products'] as { token: string }[];
			lines.length = 0;
			const card = await session.cards!.creation!.form(place).submit({ ...values, assignee: '8' }, signal());
			const sent = lines.find((line) => line.startsWith('third_party_create_story '));
			const { project_alias, ...form } = Object.fromEntries(new URLSearchParams(sent?.split(' ').slice(1).join(' ')));
			assert.ok(project_alias);
			assert.deepEqual(form, {
				token: product?.token,
				source: 'Boardwalk',
				creator_email: server.address['email'],
				name: 'Show tides',
				description: '<p>Per quay</p>',
				assignee_email: (server.state['resources'] as { id: number; email: string }[]).find(({ id }) => id === 8)
					?.email,
				timeframe: 'next',
				tags: 'ui',
				due_on: '2026-12-01',
			});
			assert.deepEqual([card.title, card.boardId, card.columnId], ['Show tides', place.boardId, 'next']);
			assert.deepEqual([card.dueDate, card.labels, card.assigneeIds], ['2026-12-01', ['ui'], ['8']]);
			assert.ok((await cardsIn('next')).some(({ id }) => id === card.id));
			assert.deepEqual(others(card.id), rest);
		});

		it('finds the new item where the answer names none', async () => {
			const place = await column('backlog');
			instead = async (line) => {
				if (!line.startsWith('third_party')) {
					return undefined;
				}
				const body = new URLSearchParams(line.split(' ').slice(1).join(' '));
				await fetch(`${String(server.address['url'])}/third_party_create_story`, { method: 'POST', body });
				return Response.json({ code: 'ok', content: '' });
			};
			const card = await session.cards!.creation!.form(place).submit(values, signal());
			assert.deepEqual([card.title, card.columnId], ['Show tides', 'backlog']);
			assert.equal(story(card.id).name, 'Show tides');
			instead = (line) => (line.startsWith('third_party') ? Response.json({ code: 'ok', content: '' }) : undefined);
			const nowhere = session.cards!.creation!.form(place).submit({ ...values, title: 'Nowhere' }, signal());
			await assert.rejects(nowhere, OutcomeUnknown);
		});

		it('says that an admin must switch it on, and never shows the token', async () => {
			const off = (server.state['products'] as { thirdParty: boolean; token: string }[])[1];
			assert.equal(off?.thirdParty, false);
			const place = await column('next', 1);
			instead = (line) =>
				line.startsWith('third_party')
					? Response.json({ code: 'error', content: `Third-party access was refused for ${off?.token}` })
					: undefined;
			await assert.rejects(session.cards!.creation!.form(place).submit(values, signal()), (error) => {
				assert.ok(error instanceof Refused);
				assert.match(error.message, /^Planbox declined: .*refused.* An admin .* switched on /);
				assert.ok(!JSON.stringify([error.message, String(error.cause), opened.log]).includes(off?.token ?? '?'));
				return true;
			});
			instead = () => undefined;
			const before = held();
			await assert.rejects(session.cards!.creation!.form(place).submit(values, signal()), Refused);
			assert.deepEqual(held(), before);
		});

		it('says at once that only admins can, where the account is none', async () => {
			const place = await column('next', 2);
			assert.throws(() => session.cards!.creation!.form(place), NotAllowed);
			const unknown = { ...place, extra: undefined };
			await assert.rejects(session.cards!.creation!.form(unknown).submit(values, signal()), NotAllowed);
			assert.ok(!lines.some((line) => line.startsWith('third_party')));
		});

		it('sends nothing without a name and a description, or where the short name is not this project’s alone', async () => {
			const place = await column('next');
			const { creation } = session.cards!;
			lines.length = 0;
			await assert.rejects(creation!.form(place).submit({ title: 'A' }, signal()), InvalidInput);
			await assert.rejects(creation!.form(place).submit({ ...values, title: ' ' }, signal()), InvalidInput);
			assert.deepEqual(lines, []);
			for (const project of server.state['projects'] as { alias: string }[]) {
				project.alias = 'SAME';
			}
			session.forget();
			await assert.rejects(creation!.form(place).submit(values, signal()), Refused);
			assert.ok(!lines.join().includes('third_party'));
		});
	});

	describe('tasks', () => {
		it('are completed and made pending again, and never set to be in progress', async () => {
			const card = await someCard();
			const { checklist } = session.cards!;
			for (const item of (await session.cards!.look(card, signal())).checklist ?? []) {
				const now = await checklist!.set(card, item, { title: item.title, done: !item.done }, signal());
				assert.deepEqual(now, { ...item, done: !item.done });
				assert.equal(
					story(card.id).tasks.find(({ id }) => String(id) === item.id)?.status,
					item.done ? 'pending' : 'completed',
				);
				const back = await checklist!.set(card, now, { title: item.title, done: item.done }, signal());
				assert.equal(back.done, item.done);
			}
			const sent = lines.filter((line) => line.startsWith('update_task'));
			assert.ok(sent.length > 0);
			assert.ok(sent.every((line) => /&status=(completed|pending)$/.test(line)));
			assert.ok(story(card.id).tasks.every(({ timer_start }) => timer_start === undefined));
		});

		it('are left alone where they are as wanted, and keep their names', async () => {
			const card = await someCard();
			const [item] = (await session.cards!.look(card, signal())).checklist ?? [];
			lines.length = 0;
			await session.cards!.checklist!.set(card, item!, { title: item!.title, done: item!.done }, signal());
			await assert.rejects(
				session.cards!.checklist!.set(card, item!, { title: 'Other', done: true }, signal()),
				Refused,
			);
			assert.ok(!lines.some((line) => line.startsWith('update_task')));
		});

		it('are added at the end, and the list shows it', async () => {
			const card = await someCard();
			const total = card.progress?.total ?? 0;
			const added = await session.cards!.checklist!.add!(card, ' Measure ', signal());
			assert.ok(lines.includes(`add_task story_id=${card.id}&name=Measure`));
			assert.deepEqual([added.title, added.done], ['Measure', false]);
			assert.equal(String(story(card.id).tasks.at(-1)?.id), added.id);
			assert.equal((await cardsIn()).find(({ id }) => id === card.id)?.progress?.total, total + 1);
			await assert.rejects(session.cards!.checklist!.add!(card, ' ', signal()), InvalidInput);
		});
	});

	it('lists what is mine in all initiatives, with the way to each', async () => {
		const me = await session.cards!.me!(signal());
		assert.equal(me, '7');
		lines.length = 0;
		const hits = await allItems(await session.cards!.mine!(signal()), signal());
		const asked = lines.filter((line) => line.startsWith('get_stories'));
		assert.ok(asked.every((line) => line.endsWith('&resource_id[]=7')));
		const boards = new Map(
			await Promise.all(
				(await session.workspaces(signal())).items.map(
					async (one) => [one.id, (await session.boards!.list(one, signal())).items.map(({ id }) => id)] as const,
				),
			),
		);
		assert.ok(hits.length > 0);
		for (const { workspace: place, board: on, column: at, card } of hits) {
			assert.ok(boards.get(place.id)?.includes(on?.id ?? ''));
			assert.equal(at?.id, card?.columnId);
			assert.ok(card?.assigneeIds?.includes('7') && !card.done);
		}
	});

	it('says of every card of a reader why it is for reading, and sends no change', async () => {
		const own = sessionOf(String(server.state['readOnlyToken']));
		const cards = await cardsIn('current', 0, own);
		assert.ok(cards.length > 0 && cards.every(({ readOnly }) => readOnly?.includes('read')));
		const card = await someCard(own);
		assert.equal((await own.cards!.look(card, signal())).card.readOnly, card.readOnly);
		const to = await column('next', 0, own);
		const before = held();
		await assert.rejects(own.cards!.editing!.edit(card, { title: 'B' }, signal()), NotAllowed);
		await assert.rejects(own.cards!.moving!.move(card, to, undefined, signal()), Refused);
		await assert.rejects(own.cards!.checklist!.add!(card, 'B', signal()), NotAllowed);
		assert.throws(() => own.cards!.creation!.form(to), NotAllowed);
		// What the list did not tell, the vendor refuses.
		const unknown = { ...card, readOnly: undefined };
		await assert.rejects(own.cards!.editing!.edit(unknown, { title: 'B' }, signal()), NotAllowed);
		await assert.rejects(own.cards!.moving!.move(unknown, to, undefined, signal()), NotAllowed);
		assert.deepEqual(held(), before);
	});
});
