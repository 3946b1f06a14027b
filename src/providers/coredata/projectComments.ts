import { t } from '@vscode/l10n';
import type { Form } from '../../core/form.ts';
import { textOf } from '../../core/form.ts';
import type { Board, Comment } from '../../core/model.ts';
import type { Outcome, RelatedItem, RelatedList } from '../../core/operations.ts';
import { onePage } from '../../core/page.ts';
import { plainText } from '../../core/plainText.ts';
import { addComment, listComments } from './comments.ts';
import { timeText } from './mapping.ts';
import type { Projects } from './projectFields.ts';
import { ofForm } from './projectWrite.ts';

/** The comments on a project itself. No client changes or deletes one. */
export function projectComments(projects: Projects): RelatedList<Board> {
	return {
		id: 'comments',
		name: t('Comments'),
		icon: 'comment-discussion',
		none: t('Nobody has commented on this project.'),
		list: async (board, signal) =>
			onePage(await Promise.all((await listComments(board, projects, signal)).map(toItem))),
		operations: [{ id: 'add', title: t('Add comment'), begin: async (board) => commentForm(board, projects) }],
	};
}

async function toItem({ id, text, author, created }: Comment): Promise<RelatedItem> {
	const whole = await plainText(text);
	const said = [author, created && timeText(created)].filter(Boolean).join(', ');
	return { id, name: whole.split('\n', 1)[0] || t('(no text)'), description: said || undefined, detail: whole };
}

function commentForm(board: Board, projects: Projects): Form<Outcome> {
	const fields = [{ kind: 'text', id: 'text', label: t('Comment'), required: true, multiline: true }] as const;
	return {
		title: t('Comment on {0}', board.name),
		submitLabel: t('Add comment'),
		fields,
		async submit(values, signal) {
			await addComment(board, textOf(values, 'text') ?? '', projects, signal).catch((error: unknown) => {
				throw ofForm(error, fields);
			});
			return { message: t('The comment was added to {0}.', board.name) };
		},
	};
}
