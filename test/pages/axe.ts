import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';

const script = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Finding {
	readonly id: string;
	readonly impact: string | null;
	readonly help: string;
	readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** Has axe look at the page, prints all it found, and returns what it calls serious or critical. */
export async function seriousFindings(page: Page | Frame, what: string): Promise<readonly string[]> {
	const { readFile } = await import('node:fs/promises');
	await page.evaluate(await readFile(script, 'utf8'));
	const { violations, passes, incomplete } = await page.evaluate(async () => {
		const { axe } = window as never as { axe: { run: (...of: unknown[]) => Promise<Record<string, Finding[]>> } };
		const whole = await axe.run();
		// What is there for eyes alone must be readable too.
		const unheard = [...document.querySelectorAll('[aria-hidden]')];
		for (const element of unheard) element.removeAttribute('aria-hidden');
		const seen = await axe.run(document, { runOnly: ['color-contrast'] });
		for (const element of unheard) element.setAttribute('aria-hidden', 'true');
		return {
			violations: [...(whole['violations'] ?? []), ...(seen['violations'] ?? [])],
			passes: whole['passes']?.length,
			incomplete: whole['incomplete']?.map(({ id }) => id) ?? [],
		};
	});
	const found = violations.flatMap(({ id, impact, help, nodes }) =>
		nodes.map(({ html, failureSummary }) => ({
			impact,
			text: `${impact} ${id}: ${help}: ${html.slice(0, 160)} ${failureSummary ?? ''}`,
		})),
	);
	console.log(
		`      axe, ${what}: ${found.length} findings, ${passes} rules passed, to be looked at: ${incomplete.join(', ') || 'none'}`,
	);
	for (const { text } of found) console.log(`        ${text}`);
	return found.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ text }) => text);
}
