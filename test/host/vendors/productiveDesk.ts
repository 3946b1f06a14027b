import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { organization } from '../../../src/sandbox/productive/store.ts';
import type { Node } from '../../../src/views/node.ts';
import type { FormAnswers } from '../formDriver.ts';
import { type Script, type Step, scripted } from '../support.ts';
import type { Desk } from './desk.ts';

/** What the served Productive holds of one thing. */
export interface Row {
	readonly id: number;
	[field: string]: unknown;
}

/** The rows of a table that are the account's. */
export function rowsOf({ served }: Desk, table: string): Row[] {
	return (served.state[table] as Row[]).filter((row) => row['organization_id'] === organization);
}

export function project(desk: Desk, name: string): Row {
	return oneOf(rowsOf(desk, 'projects'), name);
}

export function folder(desk: Desk, ofProject: string, name: string): Row {
	const { id } = project(desk, ofProject);
	return oneOf(
		rowsOf(desk, 'folders').filter((row) => row['project_id'] === id),
		name,
	);
}

export function taskList(desk: Desk, ofProject: string, ofFolder: string, name: string): Row {
	const { id } = folder(desk, ofProject, ofFolder);
	return oneOf(
		rowsOf(desk, 'task_lists').filter((row) => row['folder_id'] === id),
		name,
	);
}

export function status(desk: Desk, name: string): Row {
	return oneOf(rowsOf(desk, 'workflow_statuses'), name);
}

/** Takes what one row is out of a table, as somebody else may who deletes it. */
export function drop({ served }: Desk, table: string, { id }: Row): void {
	const rows = served.state[table] as Row[];
	rows.splice(
		rows.findIndex((row) => row.id === id),
		1,
	);
}

function oneOf(rows: readonly Row[], name: string): Row {
	const found = rows.find((row) => row['name'] === name);
	assert.ok(found, `nothing is called ${name} among ${rows.map((row) => String(row['name'])).join(', ')}`);
	return found;
}

/** Runs a command on a line that was found before, while a script answers. */
export function run(line: Node, command: string, ...steps: readonly Step[]): Promise<Script> {
	return scripted(steps, () => vscode.commands.executeCommand(`boardwalk.${command}`, line));
}

/** Types this once something has happened at the vendor, behind the open dialogue's back. */
export function typedAfter(happen: () => void, text: string): Step {
	return {
		get type() {
			happen();
			return text;
		},
	};
}

/** Fills in this once something has happened at the vendor, behind the open form's back. */
export function formAfter(happen: () => void, answers: FormAnswers): Step {
	return {
		get form() {
			happen();
			return answers;
		},
	};
}

/** What is wrong, said by the vendor, with what is written. */
export const whatVendorsSay = {
	noRight: /Productive does not allow .* to do this/,
	failed: /Productive failed \(status 500\) and did not say whether the change for .* was made/,
	cut: /in a form Boardwalk does not know|broke before it said/,
	locked: /is locked against changes/,
} as const;
