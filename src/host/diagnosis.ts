// The connection doctor, a bundle of its own: loaded when somebody asks for it.
import './l10n.ts';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Report, reportText, type Surroundings, summary, ticketText } from '../core/doctor.ts';
import { accountChecks, type Examined } from './accountChecks.ts';
import { type Check, limited, runChecks } from './checks.ts';
import type { Advance } from './progress.ts';
import { type ProxySettings, proxyFinding, proxySecrets, routeTo } from './proxy.ts';
import { reachFindings } from './reach.ts';
import { Reports } from './reports.ts';

/** Milliseconds that one check may take. */
const timeLimit = 10_000;

export { Reports };

/** Looks at everything that an account's connection depends on. Throws the signal's reason alone. */
export async function examine(examined: Examined, signal: AbortSignal, advance: Advance): Promise<Report> {
	const before = await secretsOf(examined, signal);
	const { first, last } = accountChecks(examined);
	const findings = await runChecks(
		[...first, ...networkChecks(examined.server), ...last],
		{ timeLimit, advance: (part) => advance('', part) },
		signal,
	);
	// A check may have had the credentials renewed.
	const after = await secretsOf(examined, signal);
	return {
		account: examined.name,
		vendor: examined.vendor,
		when: new Date(),
		findings,
		secrets: [...before, ...after, ...(IS_WEB ? [] : proxySecrets(proxySettings()))],
	};
}

/** Shows a report, and offers the copy for strangers. */
export async function showReport(reports: Reports, subject: string, report: Report): Promise<void> {
	await reports.show(subject, t('Connection of {0}', report.account), reportText(report));
	const copy = t('Copy Report Without Names');
	void vscode.window.showInformationMessage(`${report.account}: ${summary(report)}`, copy).then(async (chosen) => {
		if (chosen === copy) {
			await vscode.env.clipboard.writeText(ticketText(report, surroundings()));
			vscode.window.setStatusBarMessage(t('The report was copied, without names and secrets.'), 5000);
		}
	});
}

function networkChecks(server: string): Check[] {
	const url = URL.parse(server);
	if (!url) {
		return [];
	}
	const reach: Check = {
		about: t('Request'),
		run: (signal) => reachFindings(server, globalThis.fetch, signal),
	};
	return IS_WEB ? [reach] : [...nodeChecks(url), reach];
}

/** In the browser nobody sees names, certificates and proxies. */
function nodeChecks(url: URL): Check[] {
	const settings = proxySettings();
	const route = routeTo(url, settings);
	const systemCertificates = vscode.workspace.getConfiguration('http').get('systemCertificates', true);
	return [
		{ about: t('Name lookup (DNS)'), run: async () => (await node()).nameFindings(url, route) },
		{
			about: t('Certificate'),
			run: async (signal) => (await node()).certificateFindings(url, route, systemCertificates, signal),
		},
		{ about: t('Proxy'), run: async () => [proxyFinding(url, settings)] },
	];
}

/** Left out of the web host's bundle, which has no Node. */
async function node(): Promise<typeof import('./nodeDiagnosis.ts')> {
	if (!IS_WEB) {
		return import('./nodeDiagnosis.ts');
	}
	throw new Error('there is no Node here');
}

function proxySettings(): ProxySettings {
	const http = vscode.workspace.getConfiguration('http');
	return {
		proxy: http.get('proxy', ''),
		support: http.get('proxySupport', 'override'),
		noProxy: http.get<readonly string[]>('noProxy', []),
		fetchSupport: http.get('fetchAdditionalSupport', true),
		environment: process.env,
	};
}

/** Everything that must stand in no text. Where the credentials can't be read, no check could read them either. */
async function secretsOf({ credentials }: Examined, signal: AbortSignal): Promise<readonly string[]> {
	try {
		return Object.values(await limited(timeLimit, signal, () => credentials.read()));
	} catch {
		signal.throwIfAborted();
		return [];
	}
}

function surroundings(): Surroundings {
	const own = vscode.extensions.getExtension('boardwalk-tools.boardwalk')?.packageJSON as
		| { readonly version: string }
		| undefined;
	const isWeb = IS_WEB || vscode.env.uiKind === vscode.UIKind.Web;
	return {
		extension: own?.version ?? '?',
		editor: vscode.version,
		host: IS_WEB ? 'web' : vscode.env.remoteName === undefined && !isWeb ? 'desktop' : 'remote',
		system: IS_WEB ? navigator.userAgent : `${process.platform} ${process.arch}`,
	};
}
