import type { Api, Asked } from './api.ts';
import { insist } from './checks.ts';
import { addNode, type Node } from './holdings.ts';

/** An earlier version: a document of its own that stands nowhere, and since when there is a newer one, in seconds. */
interface Earlier {
	readonly node: Node;
	readonly replaced: number;
}

/**
 * What the reference itself only guesses of documents: making folders, earlier versions, deleting. Served on demand alone,
 * because the vendor may not know any of it. Returns what keeps a document before a new version takes its place.
 */
export function guessedCalls({ call, now, holdings: { nodes }, nodeOf, accessTo }: Api): (node: Node) => void {
	const history = new Map<number, Earlier[]>();
	const seconds = (): number => Math.floor(Date.parse(now()) / 1000);
	const writable = (asked: Asked): Node => {
		const node = nodeOf(asked);
		insist(accessTo(asked, node.project_id) === 'write', 'ACCESS_DENIED', 403);
		return node;
	};

	call(
		'POST /1/documents/:id/folders/create-new',
		(asked) => {
			const { id: parent, type, project_id } = writable(asked);
			insist(type === 'Container' || type === 'Folder', 'NOT_FOUND_CONTAINER', 404);
			const { id, file_name: name } = addNode(nodes, project_id, parent, String(asked.body.name));
			return { id, name };
		},
		{ name: 'text' },
	);
	call('GET /2/documents/:id/versions', (asked) => {
		const { id, type, version } = nodeOf(asked);
		insist(type === 'Document', 'NOT_FOUND_DOCUMENT', 404);
		const old = (history.get(id) ?? []).map(({ node, replaced }) => versionOf(node.id, node.version, replaced));
		return [...old, versionOf(id, version, seconds())];
	});
	call('DELETE /1/documents/:id', (asked) => {
		const node = writable(asked);
		insist(node.type !== 'Container', 'ACCESS_DENIED', 403);
		discard(nodes, node);
		return asked.c.body(null, 200);
	});

	return (node) => {
		const { id, project_id, file_name, content, media, version } = node;
		const kept = Object.assign(addNode(nodes, project_id, nowhere, file_name, content, media), { version });
		history.set(id, [...(history.get(id) ?? []), { node: kept, replaced: seconds() }]);
	};
}

/** No container and no workspace has this id, so that nothing lists what has it. */
const nowhere = 0;

function versionOf(id: number, version: number, modified_time: number): object {
	return { id, ver_nr: `0.${version}`, modified_time };
}

/** Into the recycle bin, where no call finds it; what is in a folder goes with it. */
function discard(nodes: readonly Node[], node: Node): void {
	nodes.filter(({ parent }) => parent === node.id).forEach((inside) => discard(nodes, inside));
	Object.assign(node, { project_id: nowhere, parent: nowhere });
}
