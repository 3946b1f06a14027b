import assert from 'node:assert/strict';
import { InvalidInput, NotAllowed, NotFound, OutcomeUnknown, Refused, TooManyRequests } from '../../src/core/errors.ts';
import type { Board, Column, Workspace } from '../../src/core/model.ts';
import type { OperationId, RelatedItem, RelatedList } from '../../src/core/operations.ts';
import type { Session } from '../../src/core/provider.ts';
import { withoutWrites } from '../../src/core/readOnlySession.ts';
import type { Entity } from '../../src/sandbox/beebole/store.ts';
import { signal } from '../support/session.ts';
import { choicesOf, type Desk, itemsOf, list, openDesk, operation, send } from './beeboleDesk.ts';

describe('what belongs to companies, projects and subprojects of Beebole', () => {
	let desk: Desk;
	let session: Session;
	let workspace: Workspace;
	let board: Board;
	let column: Column;
	let pseudo: Column;
	/** The project as Beebole holds it. */
	let held: Entity;

	beforeEach(async () => {
		desk = await openDesk();
		({ session } = desk);
		held = desk.entity('project', ({ values }) => values.size > 0);
		board = await desk.board(({ id }) => id === String(held.id));
		workspace = (await session.workspaces(signal())).items.find(({ id }) => id === board.workspaceId)!;
		[pseudo, column] = (await desk.columns(board)) as [Column, Column];
		desk.sent.length = 0;
	});
	afterEach(() => desk.server.close());

	/** One list at one place, without its type. */
	interface At {
		readonly kind: string;
		readonly id: number;
		readonly list: RelatedList<unknown>;
		readonly place: unknown;
	}

	function everywhere(id: string): readonly At[] {
		const at = <Place extends { readonly id: string }>(
			kind: string,
			lists: readonly RelatedList<Place>[] | undefined,
			place: Place,
		): At => ({ kind, id: Number(place.id), list: list(lists, id) as RelatedList<unknown>, place });
		const { related } = session;
		return [
			at('company', related?.workspace, workspace),
			at('project', related?.board, board),
			at('subproject', related?.column, column),
		];
	}

	const ofBoard = (id: string): RelatedList<Board> => list(session.related?.board, id);
	const names = (items: readonly RelatedItem[]): string[] => items.map(({ name }) => name);
	const begin = (of: RelatedList<unknown>, id: OperationId, place: unknown) =>
		operation(of.operations, id).begin(place, signal());
	const beginAt = (of: RelatedList<unknown>, id: OperationId, place: unknown, item: RelatedItem) =>
		operation(of.itemOperations, id).begin({ place, item }, signal());
	const known = (id: number): Entity =>
		[...(desk.server.state['entities'] as Map<number, Entity>).values()].find((one) => one.id === id)!;

	it('is what the reference documents for each, and no manager beside a project', () => {
		const ids = (lists: readonly { readonly id: string }[] | undefined) => lists?.map(({ id }) => id);
		assert.deepEqual(ids(session.related?.workspace), ['specificTasks', 'members', 'groups', 'customFields']);
		assert.deepEqual(ids(session.related?.board), ['specificTasks', 'members', 'managers', 'groups', 'customFields']);
		assert.deepEqual(ids(session.related?.column), ['specificTasks', 'members', 'groups', 'customFields']);
	});

	it('has words, icons and operations for each list', () => {
		for (const { name, none, note, icon, operations = [], itemOperations = [] } of session.related?.board ?? []) {
			assert.ok(name !== '' && icon !== '' && none.endsWith('.') && note?.endsWith('.'), name);
			const ids = [...operations, ...itemOperations].map(({ id }) => id);
			const expected: Record<string, string[]> = {
				'Specific tasks': ['add', 'enable', 'disable', 'remove'],
				'Custom fields': ['edit', 'remove'],
			};
			assert.deepEqual(ids, expected[name] ?? ['add', 'remove'], name);
		}
	});

	it('asks nothing before it is opened, and once until it is forgotten', async () => {
		assert.deepEqual(desk.sent, []);
		for (const each of session.related?.board ?? []) {
			const before: number = desk.sent.length;
			await itemsOf(each, board);
			await itemsOf(each, board);
			// The specific tasks were read with the columns.
			assert.equal(desk.sent.length - before, each.id === 'specificTasks' ? 0 : 1, each.id);
		}
		session.forget();
		const before: number = desk.sent.length;
		await itemsOf(ofBoard('members'), board);
		assert.equal(desk.sent.length, before + 1);
	});

	it('keeps its lists and loses its operations while the account is locked', () => {
		const { related } = withoutWrites(session);
		for (const each of related?.board ?? []) {
			assert.equal(each.operations, undefined);
			assert.equal(each.itemOperations, undefined);
		}
		assert.equal(related?.board?.length, 5);
	});

	it('is for the column of the project what the project has', async () => {
		for (const each of session.related?.column ?? []) {
			assert.deepEqual(await itemsOf(each, pseudo), await itemsOf(ofBoard(each.id), board), each.id);
		}
	});

	const attaching = [
		['specificTasks', 'specificTasks', 'attach_specific_task', 'detach_specific_task'],
		['members', 'members', 'attach_member', 'detach_member'],
		['groups', 'groups', 'add_group', 'remove_group'],
	] as const;

	for (const [id, link, attach, detach] of attaching) {
		it(`adds to ${id} and removes from there, on every level`, async () => {
			for (const { kind, id: place, list: of, place: at } of everywhere(id)) {
				const links = known(place).links[link];
				const before = links.size;
				const form = await begin(of, 'add', at);
				const [choice] = await choicesOf(form);
				assert.ok(choice, `${kind} has nothing to choose from`);
				assert.ok(!names(await itemsOf(of, at)).includes(choice.label), 'it is there already');
				const [field] = form.fields;
				const values = { [field!.id]: choice.value };
				assert.equal(form.confirmation?.(values), undefined);
				assert.match((await send(form, values)).message, /added to/);
				const [what, ref] = choice.value.split('/');
				assert.deepEqual(desk.sent.at(-1), {
					service: `${kind}.${attach}`,
					id: place,
					[what!]: { id: Number(ref) },
				});
				assert.equal(links.size, before + 1);
				const item = (await itemsOf(of, at)).find((one) => one.id === choice.value)!;
				assert.equal(item.name, choice.label);
				assert.ok(!(await choicesOf(await begin(of, 'add', at))).some(({ value }) => value === choice.value));

				const removal = await beginAt(of, 'remove', at, item);
				const asked = removal.confirmation?.({});
				assert.ok(asked?.question.includes(item.name) && asked.detail, 'it is not asked for');
				assert.match((await send(removal)).message, /was removed from/);
				assert.deepEqual(desk.sent.at(-1), {
					service: `${kind}.${detach}`,
					id: place,
					[what!]: { id: Number(ref) },
				});
				assert.equal(links.size, before);
				assert.ok(!(await itemsOf(of, at)).some((one) => one.id === item.id));
			}
		});

		it(`refuses what was not chosen from the list of ${id}`, async () => {
			if (id !== 'specificTasks') {
				const form = await begin(ofBoard(id), 'add', board);
				await assert.rejects(send(form, { [form.fields[0]!.id]: '43' }), InvalidInput);
				await assert.rejects(send(form, {}), InvalidInput);
				assert.ok(!desk.services().some((service) => service.endsWith(attach)));
			}
		});
	}

	describe('specific tasks', () => {
		const tasks = (): RelatedList<Board> => ofBoard('specificTasks');
		const adding = () => operation(tasks().operations, 'add').begin(board, signal());
		const onCompany = (name: string): Entity[] => desk.entities('task').filter((one) => one.name === name);

		it('are shared by the list and the column of the project', async () => {
			const { items } = await session.boards!.cards(pseudo, signal());
			assert.deepEqual(names(await itemsOf(tasks(), board)).toSorted(), items.map(({ title }) => title).toSorted());
			assert.deepEqual(desk.sent, []);
		});

		it('are chosen from the active ones of the company that are not there yet', async () => {
			const choices = await choicesOf(await adding());
			const company = held.parent!.children.filter(({ kind, active }) => kind === 'task' && active);
			const missing = company.filter((one) => !held.links.specificTasks.has(one));
			assert.ok(missing.length > 0 && missing.length < company.length);
			assert.deepEqual(choices.map(({ label }) => label).toSorted(), missing.map(({ name }) => name).toSorted());
		});

		it('that are new are made on the company and then added, once it was confirmed', async () => {
			const form = await adding();
			const values = { task: 'Neue Tätigkeit' };
			const asked = form.confirmation?.(values);
			assert.match(asked?.question ?? '', /“Neue Tätigkeit”/);
			assert.match(asked?.detail ?? '', /belong to the company/);
			await send(form, values);
			const [made] = onCompany('Neue Tätigkeit');
			assert.deepEqual(
				desk.sent.filter(({ service }) => /create|attach/.test(service)),
				[
					{ service: 'task.create', task: { name: 'Neue Tätigkeit', company: { id: held.parent!.id } } },
					{ service: 'project.attach_specific_task', id: held.id, task: { id: made!.id } },
				],
			);
			assert.ok(names(await itemsOf(tasks(), board)).includes('Neue Tätigkeit'));
		});

		it('are not made where the company has one of that name', async () => {
			const other = held.parent!.children.find((one) => one.kind === 'task' && !held.links.specificTasks.has(one))!;
			await send(await adding(), { task: other.name });
			assert.ok(held.links.specificTasks.has(other));
			assert.ok(!desk.services().includes('task.create'));
		});

		it('that are there already are refused on the field', async () => {
			const [there] = held.links.specificTasks;
			await assert.rejects(send(await adding(), { task: there!.name }), (error) => {
				assert.ok(error instanceof InvalidInput);
				assert.deepEqual(
					error.problems.map(({ field }) => field),
					['task'],
				);
				return true;
			});
			assert.ok(!desk.services().some((service) => /create|attach/.test(service)));
		});

		it('that were made and not added are said to stay on the company, and are not made again', async () => {
			const form = await adding();
			const values = { task: 'Halb gemacht' };
			desk.instead = ({ service }) =>
				service.endsWith('attach_specific_task') ? Response.json({ status: 'error', message: 'not today' }) : undefined;
			await assert.rejects(send(form, values), (error) => {
				assert.ok(error instanceof Refused);
				assert.match(error.message, /“Halb gemacht” was made and stays in the company.* not today\.$/);
				return true;
			});
			desk.instead = () => undefined;
			await send(form, values);
			assert.equal(onCompany('Halb gemacht').length, 1);
			assert.ok(names(await itemsOf(tasks(), board)).includes('Halb gemacht'));
		});

		it('say that it is not known whether one was added, where that answer was lost', async () => {
			desk.after = ({ service }, answer) => (service.endsWith('attach_specific_task') ? new Response('{"st') : answer);
			await assert.rejects(send(await adding(), { task: 'Halb bekannt' }), (error) => {
				assert.ok(error instanceof OutcomeUnknown);
				assert.match(error.message, /“Halb bekannt” was made and stays in the company\. Whether/);
				return true;
			});
			assert.equal(onCompany('Halb bekannt').length, 1);
			assert.equal(desk.services().filter((service) => /create|attach/.test(service)).length, 2);
			assert.ok(names(await itemsOf(tasks(), board)).includes('Halb bekannt'));
		});

		it('are not added where it is not known whether the task was made', async () => {
			desk.after = ({ service }, answer) => (service === 'task.create' ? new Response('{"st') : answer);
			await assert.rejects(send(await adding(), { task: 'Verschollen' }), OutcomeUnknown);
			assert.equal(onCompany('Verschollen').length, 1);
			assert.ok(!desk.services().some((service) => service.endsWith('attach_specific_task')));
			// What is typed again finds it.
			desk.after = (_, answer) => answer;
			await send(await adding(), { task: 'Verschollen' });
			assert.equal(onCompany('Verschollen').length, 1);
		});

		it('are switched off and on, whichever fits as far as it is known', async () => {
			for (const { kind, id, list: of, place } of everywhere('specificTasks')) {
				const [enable, disable] = [operation(of.operations, 'enable'), operation(of.operations, 'disable')];
				session.forget();
				assert.equal(enable.whyNot?.(place), undefined);
				assert.equal(disable.whyNot?.(place), undefined);
				known(id).tasksDisabled = false;
				await itemsOf(of, place);
				assert.match(enable.whyNot?.(place) ?? '', /on for/);
				assert.equal(disable.whyNot?.(place), undefined);
				const form = await disable.begin(place, signal());
				assert.equal(form.confirmation?.({}), undefined);
				await send(form);
				assert.deepEqual(desk.sent.at(-1), { service: `${kind}.disable_specific_tasks`, id });
				assert.ok(known(id).tasksDisabled);
				const items = await itemsOf(of, place);
				assert.ok(items.every(({ description }) => description !== undefined));
				assert.match(disable.whyNot?.(place) ?? '', /off for/);
				await send(await enable.begin(place, signal()));
				assert.deepEqual(desk.sent.at(-1), { service: `${kind}.enable_specific_tasks`, id });
				assert.ok(!known(id).tasksDisabled);
			}
		});
	});

	describe('members', () => {
		it('are people and groups in one list, each with an icon of its own', async () => {
			const items = await itemsOf(ofBoard('members'), board);
			assert.deepEqual(
				items.map(({ id, icon }) => [id.split('/')[0], icon]),
				[
					['person', 'person'],
					['person', 'person'],
					['group', 'organization'],
				],
			);
		});

		it('of both kinds are chosen from one list, groups with those above them', async () => {
			const choices = await choicesOf(await operation(ofBoard('members').operations, 'add').begin(board, signal()));
			assert.ok(choices.some(({ value }) => value.startsWith('person/')));
			const south = choices.find(({ label }) => label === 'Süd');
			assert.equal(south?.detail, 'Region');
			assert.ok(!choices.some(({ label }) => label === 'Nord'), 'Nord is a member already');
		});
	});

	describe('managers', () => {
		const managers = (): RelatedList<Board> => ofBoard('managers');

		it('come under the key “members”, with their addresses', async () => {
			const [item] = await itemsOf(managers(), board);
			const [manager] = held.links.managers;
			assert.deepEqual([item?.name, item?.description], [manager?.name, manager?.fields['email']]);
			assert.deepEqual(desk.services(), ['project.managers']);
		});

		it('are added and removed', async () => {
			const form = await operation(managers().operations, 'add').begin(board, signal());
			const [choice] = await choicesOf(form);
			await send(form, { person: choice!.value });
			const person = { id: Number(choice!.value.split('/')[1]) };
			assert.deepEqual(desk.sent.at(-1), { service: 'project.attach_manager', id: held.id, person });
			const item = (await itemsOf(managers(), board)).find(({ id }) => id === choice!.value)!;
			const removal = await operation(managers().itemOperations, 'remove').begin({ place: board, item }, signal());
			assert.match(removal.confirmation?.({})?.question ?? '', /managers of/);
			await send(removal);
			assert.deepEqual(desk.sent.at(-1), { service: 'project.detach_manager', id: held.id, person });
			assert.ok(!(await itemsOf(managers(), board)).some(({ id }) => id === item.id));
		});
	});

	describe('people to choose from', () => {
		const adding = (at: Board) => operation(ofBoard('managers').operations, 'add').begin(at, signal());

		it('are those of the company, and of the others page by page', async () => {
			const other = held.parent!;
			const guest = desk.entity('person');
			const mine = await choicesOf(await adding(board), 'first');
			assert.ok(mine.some(({ label, detail }) => label !== guest.name && detail?.includes('@')));
			assert.deepEqual(desk.services(), ['project.managers', 'person.list']);
			const foreign = await desk.board(
				({ workspaceId, id }) => workspaceId !== String(other.id) && !id.startsWith('xid:'),
			);
			const choices = await choicesOf(await adding(foreign), 'first');
			assert.ok(choices.length > 0, 'the people of the own company');
			assert.ok(choices.every(({ detail }) => detail === other.name));
		});

		it('are asked for once, and leave out who is inactive', async () => {
			const gone = desk.entity('person', (one) => !held.links.managers.has(one));
			gone.active = false;
			const first = await choicesOf(await adding(board));
			assert.ok(first.length > 0 && !first.some(({ label }) => label === gone.name));
			const before = desk.sent.length;
			assert.deepEqual(await choicesOf(await adding(board)), first);
			assert.equal(desk.sent.length, before);
		});

		it('go through the day’s budget', async () => {
			const form = await adding(board);
			desk.instead = () => Response.json({ status: 'error', message: 'daily API limit reached' }, { status: 429 });
			await assert.rejects(choicesOf(form), TooManyRequests);
			const before = desk.sent.length;
			for (const each of session.related?.board ?? []) {
				const asking = async () =>
					each.id === 'specificTasks' ? choicesOf(await begin(each, 'add', board)) : itemsOf(each, board);
				await assert.rejects(asking, TooManyRequests, each.id);
			}
			assert.equal(desk.sent.length, before);
		});
	});

	describe('groups', () => {
		it('stand with how many are below them, and are not members', async () => {
			const items = await itemsOf(ofBoard('groups'), board);
			assert.deepEqual(
				items.map(({ name, description }) => [name, description]),
				[['Region', 'groups below it: 2']],
			);
		});
	});

	describe('custom fields', () => {
		const fields = (): RelatedList<Board> => ofBoard('customFields');
		const at = async (): Promise<RelatedItem> => (await itemsOf(fields(), board))[0]!;
		const editing = async () =>
			operation(fields().itemOperations, 'edit').begin({ place: board, item: await at() }, signal());

		it('stand with their values, those without one too', async () => {
			assert.deepEqual(
				(await itemsOf(fields(), board)).map(({ name, description }) => [name, description]),
				[['Location', 'Salt Lake City, UT, USA']],
			);
			const company = await itemsOf(list(session.related?.workspace, 'customFields'), workspace);
			assert.deepEqual(
				company.map(({ name, description }) => [name, description]),
				[
					['Location', 'Höfn'],
					['Industry', 'not set'],
				],
			);
		});

		it('are set and cleared on every level', async () => {
			const location = desk.entity('customField', ({ name }) => name === 'Location');
			for (const { kind, id, list: of, place } of everywhere('customFields')) {
				const item = async () => (await itemsOf(of, place)).find(({ name }) => name === 'Location')!;
				await send(await beginAt(of, 'edit', place, await item()), { value: ' Oslo ' });
				assert.deepEqual(desk.sent.at(-1), {
					service: `${kind}.set_custom_field_value`,
					id,
					customField: { id: location.id, value: 'Oslo' },
				});
				assert.equal((await item()).description, 'Oslo');
				const removal = await beginAt(of, 'remove', place, await item());
				assert.match(removal.confirmation?.({})?.detail ?? '', /“Oslo”/);
				await send(removal);
				assert.deepEqual(desk.sent.at(-1), {
					service: `${kind}.clear_custom_field_value`,
					id,
					customField: { id: location.id },
				});
				assert.equal((await item()).description, 'not set');
				assert.match(
					operation(of.itemOperations, 'remove').whyNot?.({ place, item: await item() }) ?? '',
					/has no value/,
				);
				assert.equal(known(id).values.has(location), false);
			}
		});

		it('are cleared where the value was emptied, and not sent where it is the same', async () => {
			assert.equal((await send(await editing(), {})).message, 'Nothing was changed.');
			assert.ok(desk.services().every((service) => service === 'project.custom_fields'));
			await send(await editing(), { value: '' });
			assert.equal(desk.services().at(-1), 'project.clear_custom_field_value');
		});

		it('begin with what Beebole holds now, and say what became of it meanwhile', async () => {
			await at();
			const location = desk.entity('customField', ({ name }) => name === 'Location');
			held.values.set(location, 'Bergen');
			const form = await editing();
			assert.deepEqual(
				form.fields.map((field) => [field.id, field.initial]),
				[['value', 'Bergen']],
			);
			held.values.set(location, 'Tromsø');
			await assert.rejects(send(form, { value: 'Oslo' }), (error) => {
				assert.ok(error instanceof InvalidInput);
				assert.deepEqual(
					error.problems.map(({ field }) => field),
					['value'],
				);
				assert.match(error.message, /“Tromsø”/);
				return true;
			});
			assert.equal(held.values.get(location), 'Tromsø');
			await send(form, { value: 'Oslo' });
			assert.equal(held.values.get(location), 'Oslo');
		});

		it('that are gone are said to be', async () => {
			const item = { ...(await at()), id: '999' };
			await assert.rejects(
				operation(fields().itemOperations, 'edit').begin({ place: board, item }, signal()),
				NotFound,
			);
		});
	});

	describe('errors under 200', () => {
		const refusal = (message = 'project 999 not found'): Response => Response.json({ status: 'error', message });

		it('are errors for every list, never an empty one', async () => {
			desk.instead = () => refusal();
			session.forget();
			for (const lists of ['specificTasks', 'members', 'groups', 'customFields'].map(everywhere)) {
				for (const { kind, list: of, place } of lists) {
					await assert.rejects(itemsOf(of, place), (error) => {
						assert.ok(error instanceof Refused, `${kind}.${of.id}`);
						assert.match(error.message, /project 999 not found\.$/);
						return true;
					});
				}
			}
			await assert.rejects(itemsOf(ofBoard('managers'), board), Refused);
		});

		it('are errors for every list of choices', async () => {
			for (const id of ['specificTasks', 'members', 'managers', 'groups']) {
				session.forget();
				desk.instead = ({ service }) => (/^(task|person|group)\./.test(service) ? refusal('no') : undefined);
				await assert.rejects(
					choicesOf(await operation(ofBoard(id).operations, 'add').begin(board, signal())),
					Refused,
					id,
				);
			}
		});

		it('are errors for every write', async () => {
			for (const [title, run] of await everyWrite()) {
				desk.instead = ({ service }) => (isWrite(service) ? refusal('no') : undefined);
				await assert.rejects(run, Refused, title);
			}
		});
	});

	type Try = readonly [string, () => Promise<unknown>];

	const isWrite = (service: string): boolean => /attach|detach|add_|remove_|set_|clear_|able_|create/.test(service);

	/** Every write of every list on every level, ready to go. */
	async function everyWrite(): Promise<readonly Try[]> {
		const tries: Try[] = [];
		const lists = ['specificTasks', 'members', 'groups', 'customFields'].flatMap((id) => everywhere(id));
		const managers = { kind: 'project', list: ofBoard('managers') as RelatedList<unknown>, place: board };
		for (const { kind, list: of, place } of [...lists, managers]) {
			const items = await itemsOf(of, place);
			for (const each of of.operations ?? []) {
				const form = await each.begin(place, signal());
				const values = form.fields[0] ? { [form.fields[0].id]: (await choicesOf(form))[0]!.value } : {};
				tries.push([`${kind} ${of.id} ${each.id}`, () => send(form, values)]);
			}
			for (const each of of.itemOperations ?? []) {
				const item = items[0] ?? { id: 'group/1', name: 'gone' };
				const form = await each.begin({ place, item }, signal());
				tries.push([`${kind} ${of.id} ${each.id}`, () => send(form, form.fields[0] ? { value: 'Oslo' } : {})]);
			}
		}
		return tries;
	}

	it('is changed by nobody with a token that may only read', async () => {
		session = desk.sessionOf((desk.server.state['readOnly'] as { token: string }).token);
		for (const [title, run] of await everyWrite()) {
			await assert.rejects(run, (error) => {
				assert.ok(error instanceof Refused, `${title}: ${String(error)}`);
				assert.match(error.message, /not allowed to call/);
				return true;
			});
		}
	});

	it('is changed by nobody where API calls are switched off', async () => {
		for (const [title, run] of await everyWrite()) {
			desk.instead = ({ service }) =>
				isWrite(service) ? Response.json({ status: 'error', message: 'disabled' }, { status: 403 }) : undefined;
			await assert.rejects(run, NotAllowed, title);
		}
	});

	it('is written once only where the answer was lost, and asked for anew', async () => {
		for (const [title, run] of await everyWrite()) {
			desk.after = ({ service }, answer) => (isWrite(service) ? new Response('{"sta') : answer);
			desk.sent.length = 0;
			await assert.rejects(run, OutcomeUnknown, title);
			assert.equal(desk.services().filter(isWrite).length, 1, title);
			desk.after = (_, answer) => answer;
		}
	});
});
