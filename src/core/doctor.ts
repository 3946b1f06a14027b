import { t } from '@vscode/l10n';
import type { Finding } from './finding.ts';
import { markdownText } from './markdownText.ts';
import { type Filter, withoutNames, withoutSecrets } from './redaction.ts';

/** What was found out about the connection of one account. */
export interface Report {
	/** What the person calls the account. */
	readonly account: string;
	readonly vendor: string;
	readonly when: Date;
	/** In the order of the examination. */
	readonly findings: readonly Finding[];
	/** What must stand in no text, whoever wrote it: the account's secrets, as they were and as they are. */
	readonly secrets: readonly string[];
}

/** What a report for strangers is worth little without. */
export interface Surroundings {
	/** Versions of the extension and of VS Code. */
	readonly extension: string;
	readonly editor: string;
	/** Where the extension runs. */
	readonly host: 'desktop' | 'remote' | 'web';
	/** The operating system or the browser's word for it. */
	readonly system: string;
}

/** How the findings together stand, in a sentence. */
export function summary({ findings }: Pick<Report, 'findings'>): string {
	const count = findings.filter(needsAttention).length;
	switch (count) {
		case 0:
			return t('Everything that could be checked is fine.');
		case 1:
			return t('One thing needs attention.');
		default:
			return t('{0} things need attention.', new Intl.NumberFormat().format(count));
	}
}

/** The report as Markdown, for the person. What others wrote stands in it as text, never as markup. */
export function reportText(report: Report): string {
	return lines(report, written(withoutSecrets(report.secrets))).join('\n\n');
}

/** The same for a support ticket: without names and addresses, with the versions that support asks for. */
export function ticketText(report: Report, surroundings: Surroundings): string {
	const hideSecrets = withoutSecrets(report.secrets);
	const personal = report.findings.flatMap((finding) => finding.personal ?? []);
	const hideNames = withoutNames({ account: report.account, personal });
	const write = written((text) => hideNames(hideSecrets(text)));
	return [...lines(report, write), ...surroundingLines(surroundings, written(hideSecrets))].join('\n\n');
}

/** From what somebody wrote to what stands in the Markdown. */
function written(hide: Filter): Filter {
	// What is hidden is searched before signs are put into it.
	return (text) => markdownText(hide(text));
}

function lines(report: Report, write: Filter): string[] {
	const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'short' }).format(report.when);
	return [
		`# ${t('Connection of {0}', write(report.account))}`,
		`${write(report.vendor)}, ${when}`,
		`**${summary(report)}**`,
		...section(t('What needs attention'), report.findings.filter(needsAttention).sort(worstFirst), write),
		...section(t('What is fine'), report.findings.filter(isFine), write),
		...section(t('What can’t be found out from here'), report.findings.filter(isUnknown), write),
	];
}

function section(title: string, findings: readonly Finding[], write: Filter): string[] {
	return findings.length === 0 ? [] : [`## ${title}`, ...findings.flatMap((finding) => findingLines(finding, write))];
}

function findingLines({ about, state, message, next }: Finding, write: Filter): string[] {
	const own = [`### ${write(about)}`, `**${stateText(state)}:** ${write(message)}`];
	return next === undefined ? own : [...own, `**${t('Next step:')}** ${write(next)}`];
}

function surroundingLines({ extension, editor, host, system }: Surroundings, write: Filter): string[] {
	const facts = [
		`Boardwalk ${write(extension)}`,
		`VS Code ${write(editor)}`,
		`${t('Runs in:')} ${hostText(host)}`,
		`${t('System:')} ${write(system)}`,
	];
	return [`## ${t('Versions')}`, facts.map((fact) => `- ${fact}`).join('\n')];
}

function hostText(host: Surroundings['host']): string {
	switch (host) {
		case 'desktop':
			return t('the desktop');
		case 'remote':
			return t('a remote window');
		case 'web':
			return t('the browser');
	}
}

/** The word says it; the sign only helps the eye. */
function stateText(state: Finding['state']): string {
	switch (state) {
		case 'good':
			return `✓ ${t('Fine')}`;
		case 'warning':
			return `⚠ ${t('Warning')}`;
		case 'bad':
			return `✗ ${t('Problem')}`;
		case 'unknown':
			return `? ${t('Not known')}`;
	}
}

function needsAttention({ state }: Finding): boolean {
	return state === 'bad' || state === 'warning';
}

function isFine({ state }: Finding): boolean {
	return state === 'good';
}

function isUnknown({ state }: Finding): boolean {
	return state === 'unknown';
}

function worstFirst(a: Finding, b: Finding): number {
	return Number(b.state === 'bad') - Number(a.state === 'bad');
}
