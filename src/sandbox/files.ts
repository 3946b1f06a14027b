import type { Dice } from './dice.ts';
import { pdf, png, xlsx } from './samples.ts';

export interface WorldFolder {
	readonly name: string;
	readonly folders: readonly WorldFolder[];
	readonly files: readonly WorldFile[];
}

export interface WorldFile {
	readonly name: string;
	readonly mediaType: string;
	readonly content: Uint8Array;
	/** ISO time. */
	readonly modified: string;
}

/** The documents of a workspace: some at the root, a folder with pictures, a folder with an empty one inside. */
export function archiveOf(dice: Dice, workspace: string): WorldFolder {
	const file = (name: string, mediaType: string, content: Uint8Array): WorldFile => ({
		name,
		mediaType,
		content,
		modified: `${dice.day(-90, -1)}T10:30:00Z`,
	});
	return {
		name: 'Documents',
		files: [
			file('Project brief.pdf', pdfType, pdf(`${workspace}: project brief`)),
			file('Zeitplan – Änderungen.xlsx', xlsxType, timetable),
			file('README.md', 'text/markdown', text(readme(workspace))),
		],
		folders: [
			{
				name: 'Pictures',
				folders: [],
				files: [file('Site plan.png', 'image/png', sitePlan), file('Höfnin.png', 'image/png', harbour)],
			},
			{
				name: 'Minutes & decisions',
				files: [
					file('2026-10-05 kick-off.txt', 'text/plain', text('Present: everybody.\nDecided: weekly on Tuesdays.\n')),
				],
				folders: [{ name: 'Drafts', folders: [], files: [] }],
			},
		],
	};
}

const timetable = xlsx([
	['Milestone', 'Date'],
	['Entwurf', '2026-12-01'],
	['Übergabe', '2027-02-15'],
]);
const sitePlan = png(96, 64, 0x2f6fde);
const harbour = png(64, 64, 0x1d8a5b);
const pdfType = 'application/pdf';
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

function text(content: string): Uint8Array {
	return new TextEncoder().encode(content);
}

function readme(workspace: string): string {
	return `# ${workspace}

Where to start: read the **project brief**, then look at the timetable.

| When | What | Who |
|---|---|---|
| every Tuesday | walk along the board, fifteen minutes | everybody |
| first Friday | what the client has seen | Ada and Björk |
| end of quarter | Rückblick mit Kuchen | Dörte |

## House rules

- A card that waits for somebody says for whom.
- Pictures go to *Pictures*, decisions to *Minutes & decisions*.
- What is not on the board is not promised.
`;
}
