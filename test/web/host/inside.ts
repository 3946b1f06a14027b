import * as vscode from 'vscode';

export interface Seen {
	readonly node: boolean;
	readonly missing: readonly string[];
}

/** Runs in the web worker. What it saw goes to the log, the only way out of there. */
export async function run(): Promise<void> {
	const extension = vscode.extensions.getExtension('boardwalk-tools.boardwalk');
	if (!extension) throw new Error('the extension is not there');
	await extension.activate();
	const { contributes } = extension.packageJSON as { contributes: { commands: { command: string }[] } };
	const registered = await vscode.commands.getCommands(true);
	const seen: Seen = {
		node: 'process' in globalThis || 'Buffer' in globalThis,
		missing: contributes.commands.map(({ command }) => command).filter((id) => !registered.includes(id)),
	};
	await vscode.commands.executeCommand('boardwalk.tree.focus');
	console.log(`seen ${JSON.stringify(seen)}`);
}
