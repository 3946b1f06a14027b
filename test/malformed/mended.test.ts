import assert from 'node:assert/strict';
import { UnexpectedReply } from '../../src/core/errors.ts';
import type { Board, Card, Workspace } from '../../src/core/model.ts';
import type { Provider, Session } from '../../src/core/provider.ts';
import { coredata } from '../../src/providers/coredata/index.ts';
import { planbox } from '../../src/providers/planbox/index.ts';
import { productive } from '../../src/providers/productive/index.ts';
import { projectplace } from '../../src/providers/projectplace/index.ts';
import { startVendor } from '../support/sandbox.ts';
import { openPractice, signal } from '../support/session.ts';
import { sessionOver } from './recording.ts';

type Json = Record<string, unknown>;

/** A session whose replies to some requests are turned into others, and one whose replies are left alone. */
async function withReplies(
	provider: Provider,
	path: RegExp,
	turn: (body: Json) => unknown,
	run: (spoilt: Session, session: Session) => Promise<void>,
): Promise<void> {
	const server = await startVendor(provider.id);
	try {
		const { account, session } = await openPractice(provider, server.address);
		const spoilt = sessionOver(provider, account, async (input, init) => {
			const request = new Request(input, init);
			const response = await fetch(request);
			return path.test(request.url) ? Response.json(turn((await response.json()) as Json)) : response;
		});
		await run(spoilt, session);
	} finally {
		await server.close();
	}
}

function isUnexpectedAt(place: string | RegExp) {
	return (error: unknown) => {
		assert.ok(error instanceof UnexpectedReply, String(error));
		assert.match(
			error.place ?? '',
			typeof place === 'string' ? new RegExp(`^${place.replaceAll('.', '\\.')}$`) : place,
		);
		return true;
	};
}

async function firstWith(session: Session): Promise<{ workspace: Workspace; board: Board }> {
	for (const workspace of (await session.workspaces(signal())).items) {
		const [board] = (await session.boards?.list(workspace, signal()))?.items ?? [];
		if (board && !workspace.archived) {
			return { workspace, board };
		}
	}
	throw new Error('no board');
}

const cardsOf = async (session: Session, board: Board) => {
	for (const column of (await session.boards?.columns(board, signal())) ?? []) {
		await session.boards?.cards(column, signal());
	}
};

describe('A reply that lacks what matters', () => {
	it('names the place in the error, and the whole reply where that is it', async () => {
		for (const [reply, place] of [
			[{ data: [{ id: '1', type: 'projects', attributes: { name: 5 }, relationships: {} }] }, 'data.0.attributes.name'],
			[[], 'data'],
			['ok', 'the whole reply'],
		] as const) {
			await withReplies(
				productive,
				/projects/,
				() => reply,
				async (spoilt) => {
					await assert.rejects(spoilt.workspaces(signal()), isUnexpectedAt(place));
				},
			);
		}
	});

	it('is noticed where somebody who was included is no person', async () => {
		const turn = (body: Json) => ({
			...body,
			included: ((body['included'] ?? []) as Json[]).map((one) =>
				one['type'] === 'people' ? { ...one, attributes: { first_name: {}, last_name: {}, name: {} } } : one,
			),
		});
		await withReplies(productive, /\/tasks\?/, turn, async (spoilt, session) => {
			const { board } = await firstWith(session);
			await assert.rejects(cardsOf(spoilt, board), isUnexpectedAt(/^included\.\d+\.attributes\./));
		});
	});

	it('is noticed where a relation is a list', async () => {
		const turn = (body: Json) => ({
			...body,
			data: (body['data'] as Json[]).map((one) => ({ ...one, relationships: { workflow: [] } })),
		});
		await withReplies(productive, /\/projects\?/, turn, async (spoilt) => {
			await assert.rejects(spoilt.workspaces(signal()), isUnexpectedAt('data.0.relationships.workflow'));
		});
	});

	for (const name of ['contacts', 'aspects', 'tags', 'responsible_users', 'associated_users']) {
		it(`is noticed where a project comes without its ${name}, which are replaced whole`, async () => {
			await withReplies(
				coredata,
				/projects\/[-\w]+\/$/,
				(body) => ({ ...body, [name]: undefined }),
				async (spoilt, session) => {
					const { board } = await firstWith(session);
					const list = spoilt.related?.board?.find(({ id }) => id === 'contacts')?.list(board, signal());
					await assert.rejects(async () => list, isUnexpectedAt(name));
				},
			);
		});
	}

	it('is noticed where comments do not say what they are on', async () => {
		const turn = (body: Json) => ({ ...body, objects: [{ id: 1, author: 'ada', text: 'Hello', time: null }] });
		await withReplies(coredata, /comments/, turn, async (spoilt, session) => {
			const { board } = await firstWith(session);
			const card = { id: '1', boardId: board.id, columnId: '', title: '' };
			await assert.rejects(
				async () => spoilt.cards?.comments?.list(card, signal()),
				isUnexpectedAt('objects.0.doc_id'),
			);
		});
	});

	it('is noticed where a number is none', async () => {
		const turn = (body: Json) => ({ ...body, content: { ...(body['content'] as Json), user_count: 'NaN' } });
		await withReplies(planbox, /get_logged_resource/, turn, async (spoilt) => {
			await assert.rejects(spoilt.accountInfo(signal()), isUnexpectedAt('content.user_count'));
		});
	});

	it('is noticed where a folder comes without its contents', async () => {
		await withReplies(
			projectplace,
			/\/2\/documents\//,
			(body) => ({ data: body }),
			async (spoilt, session) => {
				const { workspace } = await firstWith(session);
				const [archive] = (await session.archives?.ofWorkspace?.(workspace, signal())) ?? [];
				assert.ok(archive);
				await assert.rejects(async () => spoilt.archives?.entries(archive, signal()), isUnexpectedAt('contents'));
			},
		);
	});

	/** The first card of a session that is in a column. */
	const firstCard = async (session: Session): Promise<Card> => {
		for (const workspace of (await session.workspaces(signal())).items.filter(({ archived }) => !archived)) {
			for (const board of (await session.boards?.list(workspace, signal()))?.items ?? []) {
				for (const column of (await session.boards?.columns(board, signal())) ?? []) {
					const [card] = (await session.boards?.cards(column, signal()))?.items ?? [];
					if (card) {
						return card;
					}
				}
			}
		}
		throw new Error('no card');
	};

	for (const [provider, path, names] of [
		[coredata, /\/tasks\/[-\w]+\/$/, ['responsible_users', 'tags']],
		[projectplace, /\/1\/cards\/\d+$/, ['contributors']],
	] as const) {
		for (const name of names) {
			it(`is noticed where a card of ${provider.label} comes without its ${name}, which are replaced whole`, async () => {
				for (const instead of [undefined, null]) {
					await withReplies(
						provider,
						path,
						(body) => ({ ...body, [name]: instead }),
						async (spoilt, session) => {
							const card = await firstCard(session);
							await assert.rejects(async () => spoilt.cards?.look(card, signal()), isUnexpectedAt(name));
						},
					);
				}
			});
		}
	}

	it('is noticed where a task comes without its tags, which are replaced whole', async () => {
		const turn = (body: Json) => {
			const data = body['data'] as Json;
			return { ...body, data: { ...data, attributes: { ...(data['attributes'] as Json), tag_list: undefined } } };
		};
		await withReplies(productive, /\/tasks\/\d+\?/, turn, async (spoilt, session) => {
			const card = await firstCard(session);
			await assert.rejects(async () => spoilt.cards?.look(card, signal()), isUnexpectedAt('data.attributes.tag_list'));
		});
	});

	it('is noticed where a file does not say what it stands in', async () => {
		const turn = (body: Json) => ({
			...body,
			objects: (body['objects'] as Json[]).map((one) => ({ ...one, parent: undefined })),
		});
		for (const kind of ['files', 'folders']) {
			await withReplies(coredata, new RegExp(`/${kind}/\\?`), turn, async (spoilt, session) => {
				const { board } = await firstWith(session);
				const [archive] = (await session.archives?.ofBoard?.(board, signal())) ?? [];
				assert.ok(archive);
				await assert.rejects(
					async () => spoilt.archives?.entries(archive, signal()),
					isUnexpectedAt('objects.0.parent'),
				);
			});
		}
	});

	it('is noticed where a task does not say what its status is, which is its column', async () => {
		const turn = (body: Json) => ({
			...body,
			objects: (body['objects'] as Json[]).map((one) => ({ ...one, status: undefined })),
		});
		await withReplies(coredata, /\/tasks\/\?/, turn, async (spoilt, session) => {
			const { board } = await firstWith(session);
			await assert.rejects(async () => spoilt.boards?.columns(board, signal()), isUnexpectedAt('objects.0.status'));
		});
	});

	it('is noticed where an account does not say who heads it, and a board which columns it has', async () => {
		await withReplies(
			projectplace,
			/\/1\/account$/,
			(body) => ({ ...body, managers: undefined }),
			(spoilt) => assert.rejects(spoilt.accountInfo(signal()), isUnexpectedAt('managers')),
		);
		const turn = (body: unknown) => (body as Json[]).map((one) => ({ ...one, progresses: undefined }));
		await withReplies(projectplace, /\/boards$/, turn, async (spoilt, session) => {
			const { board } = await firstWith(session);
			await assert.rejects(async () => spoilt.boards?.columns(board, signal()), isUnexpectedAt('0.progresses'));
		});
	});

	it('is noticed where what stands on a card is none', async () => {
		await withReplies(
			projectplace,
			/\/1\/cards\/\d+$/,
			(body) => ({ ...body, all_attachments: [[]] }),
			async (spoilt, session) => {
				const card = await firstCard(session);
				await assert.rejects(async () => spoilt.cards?.look(card, signal()), isUnexpectedAt('all_attachments.0.name'));
			},
		);
	});

	const mineOf = async (session: Session) => (await session.cards?.mine?.(signal()))?.items ?? [];

	const damages: readonly (readonly [string, string, (one: Json) => Json])[] = [
		['tasks', 'content.0.tasks', (one: Json) => ({ ...one, tasks: undefined })],
		[
			'people on its tasks',
			'content.0.tasks.0.resource_id',
			(one: Json) => ({ ...one, tasks: (one['tasks'] as Json[]).map((task) => ({ ...task, resource_id: undefined })) }),
		],
	];
	for (const [what, place, turn] of damages) {
		it(`is noticed where an item comes without the ${what}, by which my cards are found`, async () => {
			const all = (body: Json) => ({ ...body, content: (body['content'] as Json[]).map(turn) });
			await withReplies(planbox, /get_stories/, all, async (spoilt, session) => {
				assert.ok((await mineOf(session)).length > 0);
				await assert.rejects(mineOf(spoilt), isUnexpectedAt(place));
			});
		});
	}

	it('is noticed where the people of a project are no list', async () => {
		const turn = (body: Json) => ({ ...body, content: { ...(body['content'] as Json), resource_ids: 7 } });
		await withReplies(planbox, /get_project$/, turn, async (spoilt, session) => {
			const { board } = await firstWith(session);
			const members = spoilt.related?.board?.find(({ id }) => id === 'members');
			assert.ok(members);
			await assert.rejects(async () => members.list(board, signal()), isUnexpectedAt('content.resource_ids'));
		});
	});

	it('is noticed where what was asked for with it is not there', async () => {
		const spoil = (one: Json, name: string, relation: unknown) => ({
			...one,
			relationships: { ...(one['relationships'] as Json), [name]: relation },
		});
		const notIncluded = { meta: { included: false } };
		for (const [place, turn] of [
			['included', (body: Json) => ({ ...body, included: undefined })],
			[
				'data.0.relationships.assignee',
				(body: Json) => ({
					...body,
					data: (body['data'] as Json[]).map((one) => ({ ...one, relationships: undefined })),
				}),
			],
			[
				'data.0.relationships.project',
				(body: Json) => ({ ...body, data: (body['data'] as Json[]).map((one) => spoil(one, 'project', notIncluded)) }),
			],
			[
				'data.0.relationships.assignee',
				(body: Json) => ({
					...body,
					data: (body['data'] as Json[]).map((one) => spoil(one, 'assignee', { data: [] })),
				}),
			],
		] as const) {
			await withReplies(productive, /\/tasks\?/, turn, (spoilt) =>
				assert.rejects(mineOf(spoilt), isUnexpectedAt(place)),
			);
		}
		for (const relation of [undefined, notIncluded, { data: null }]) {
			const turn = (body: Json) => ({ ...body, data: spoil(body['data'] as Json, 'workflow', relation) });
			await withReplies(productive, /\/projects\/\d+\?/, turn, async (spoilt, session) => {
				const { workspace } = await firstWith(session);
				const operation = spoilt.operations?.workspace?.find(({ id }) => id === 'changeWorkflow');
				await assert.rejects(
					async () => operation?.begin(workspace, signal()),
					isUnexpectedAt('data.relationships.workflow'),
				);
			});
		}
	});
});
