import { t } from '@vscode/l10n';
import type { Finding } from '../core/finding.ts';

/** What decides about proxies, where it can be seen from here. */
export interface ProxySettings {
	/** VS Code's settings `http.proxy`, `http.proxySupport`, `http.noProxy` and `http.fetchAdditionalSupport`. */
	readonly proxy: string;
	readonly support: string;
	readonly noProxy: readonly string[];
	readonly fetchSupport: boolean;
	readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The way that requests to a server take. */
export type Route =
	| { readonly kind: 'direct'; readonly because: 'loopback' | 'excepted' | 'switchedOff'; readonly source: string }
	/** What the operating system says, which VS Code does not tell. */
	| { readonly kind: 'system' }
	| { readonly kind: 'proxy'; readonly proxy: URL; readonly source: string }
	/** Something is set that VS Code does not understand and leaves out. */
	| { readonly kind: 'unusable'; readonly source: string };

const proxySchemes = ['http:', 'https:', 'socks:', 'socks4:', 'socks4a:', 'socks5:', 'socks5h:'];

/** Decides as VS Code does (`@vscode/proxy-agent`): loopback, exceptions, the setting, the environment, the system. */
export function routeTo(server: URL, settings: ProxySettings): Route {
	const { proxy, environment } = settings;
	if (/^(localhost|127\.0\.0\.1|\[::1\])$/.test(server.hostname)) {
		return { kind: 'direct', because: 'loopback', source: '' };
	}
	if (settings.support === 'off' || !settings.fetchSupport) {
		const source = settings.support === 'off' ? 'http.proxySupport' : 'http.fetchAdditionalSupport';
		return { kind: 'direct', because: 'switchedOff', source };
	}
	const exceptions = exceptionsIn(settings);
	if (excepts(exceptions.list, server)) {
		return { kind: 'direct', because: 'excepted', source: exceptions.source };
	}
	const name = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'].find((one) => environment[one]);
	const set = [
		{ source: 'http.proxy', address: proxy },
		{ source: name ?? '', address: environment[name ?? ''] ?? '' },
	].filter(({ address }) => address.trim() !== '');
	for (const { source, address } of set) {
		const url = asProxy(address);
		if (url) {
			return { kind: 'proxy', proxy: url, source };
		}
	}
	return set[0] ? { kind: 'unusable', source: set[0].source } : { kind: 'system' };
}

/** What is known of the way, in words. The address of a proxy is shown without the user and password it may hold. */
export function proxyFinding(server: URL, settings: ProxySettings): Finding {
	const about = t('Proxy');
	const route = routeTo(server, settings);
	switch (route.kind) {
		case 'proxy': {
			const { proxy, source } = route;
			const message = t('Requests go through the proxy {0}, which {1} names.', addressOf(proxy), sourceText(source));
			return { about, state: 'good', message, personal: [proxy.host, proxy.hostname] };
		}
		case 'unusable':
			return {
				about,
				state: 'warning',
				message: t(
					'VS Code does not understand the proxy that {0} names, and leaves it out.',
					sourceText(route.source),
				),
				next: t('Write the address of the proxy in full, such as http://proxy.example.com:8080.'),
			};
		case 'system':
			return {
				about,
				state: 'unknown',
				message: t('Neither VS Code nor the environment names a proxy. What the operating system has set applies.'),
			};
		case 'direct':
			return directFinding(about, route, settings);
	}
}

/** Passwords of proxies, which stand in no report. */
export function proxySecrets({ proxy, environment }: ProxySettings): readonly string[] {
	const addresses = [
		proxy,
		...Object.entries(environment).map(([name, value]) => (/_proxy$/i.test(name) ? value : '')),
	];
	return addresses.flatMap((address) => {
		const password = (address && URL.parse(address.trim())?.password) || '';
		return password === '' ? [] : [password, decoded(password)];
	});
}

function directFinding(
	about: string,
	{ because, source }: Route & { kind: 'direct' },
	settings: ProxySettings,
): Finding {
	switch (because) {
		case 'loopback':
			return { about, state: 'good', message: t('No proxy is used: the server is on this computer.') };
		case 'excepted':
			return { about, state: 'good', message: t('No proxy is used: {0} makes an exception.', sourceText(source)) };
		case 'switchedOff': {
			const message = t('No proxy is used: the setting {0} keeps extensions from it.', source);
			return namesProxy(settings)
				? {
						about,
						state: 'warning',
						message,
						next: t('If only the proxy leads out, change the setting {0} back.', source),
					}
				: { about, state: 'good', message };
		}
	}
}

function namesProxy({ proxy, environment }: ProxySettings): boolean {
	return proxy !== '' || Object.entries(environment).some(([name, value]) => /^https?_proxy$/i.test(name) && value);
}

function sourceText(source: string): string {
	return source.startsWith('http.') ? t('the setting {0}', source) : t('the environment variable {0}', source);
}

function addressOf({ protocol, host }: URL): string {
	return `${protocol}//${host}`;
}

function asProxy(address: string): URL | undefined {
	const url = URL.parse(address.trim());
	return url && proxySchemes.includes(url.protocol) && url.host !== '' ? url : undefined;
}

/** Where the setting has an entry, the environment does not count. */
function exceptionsIn({ noProxy, environment }: ProxySettings): { list: readonly string[]; source: string } {
	if (noProxy.length > 0) {
		return { list: noProxy, source: 'http.noProxy' };
	}
	const source = environment['no_proxy'] ? 'no_proxy' : 'NO_PROXY';
	return { list: (environment[source] ?? '').split(','), source };
}

function excepts(list: readonly string[], { hostname, protocol, port }: URL): boolean {
	const usedPort = port || (protocol === 'https:' ? '443' : '80');
	return list.some((entry) => {
		const [name = '', onlyPort] = entry.trim().toLowerCase().split(':', 2);
		const domain = name.startsWith('.') ? name : `.${name}`;
		return name === '*' || (name !== '' && `.${hostname}`.endsWith(domain) && (!onlyPort || onlyPort === usedPort));
	});
}

/** Percent signs resolved, where they are signs for something. */
export function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
