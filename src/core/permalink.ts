/** What of a file is meant, at one commit. */
export interface Lines {
	/** The commit's whole hash. */
	readonly commit: string;
	/** From the root of the repository, with slashes. */
	readonly path: string;
	/** Counted from 1; `to` is the last one. */
	readonly from: number;
	readonly to: number;
}

/** Where a repository is on the web: never with a name, a password or a token of its remote's address. */
interface WebPlace {
	readonly host: string;
	/** `https://host`, with the port where there is one. */
	readonly origin: string;
	/** The parts of the path, decoded. */
	readonly parts: readonly string[];
}

/**
 * The address at which some lines of a file can be read for good, from the address that git knows the remote by; undefined
 * where it is not known how that host's pages are named. Nothing of the remote's credentials is in it.
 */
export function permalink(remote: string, lines: Lines): string | undefined {
	const place = placeOf(remote.trim());
	return place && /^[0-9a-f]{40,64}$/i.test(lines.commit) ? pageOf(place, lines) : undefined;
}

function pageOf(place: WebPlace, lines: Lines): string | undefined {
	const { host } = place;
	if (/(^|\.)(dev\.azure\.com|visualstudio\.com)$/.test(host)) {
		return azurePage(place, lines);
	}
	if (host === 'bitbucket.org') {
		return repositoryPage(place, 2, `src/${lines.commit}/${encoded(lines.path)}#lines-${range(lines, ':')}`);
	}
	if (isNamed(host, 'github')) {
		return repositoryPage(
			place,
			2,
			`blob/${lines.commit}/${encoded(lines.path)}${plain(lines, 'plain=1')}#${hash(lines)}`,
		);
	}
	if (isNamed(host, 'gitlab')) {
		const page = `-/blob/${lines.commit}/${encoded(lines.path)}${plain(lines, 'plain=1')}#L${range(lines, '-')}`;
		return repositoryPage(place, Infinity, page);
	}
	if (host === 'codeberg.org' || isNamed(host, 'gitea') || isNamed(host, 'forgejo')) {
		const page = `src/commit/${lines.commit}/${encoded(lines.path)}${plain(lines, 'display=source')}#${hash(lines)}`;
		return repositoryPage(place, 2, page);
	}
	return undefined;
}

/** Whether a host is the one of that name, or somebody's own server of that kind by its name. */
function isNamed(host: string, name: string): boolean {
	return host.split('.').includes(name);
}

/** A page below a repository, whose own path has two parts or, where groups nest, at most so many. */
function repositoryPage({ origin, parts }: WebPlace, most: number, page: string): string | undefined {
	const isRepository = parts.length >= 2 && parts.length <= most;
	return isRepository ? `${origin}/${encoded(parts.join('/'))}/${page}` : undefined;
}

function azurePage(place: WebPlace, { commit, path, from, to }: Lines): string | undefined {
	const repository = azureRepository(place);
	if (!repository) {
		return undefined;
	}
	const query = new URLSearchParams({
		path: `/${path}`,
		version: `GC${commit}`,
		line: String(from),
		lineEnd: String(to + 1),
		lineStartColumn: '1',
		lineEndColumn: '1',
		lineStyle: 'plain',
	});
	return `${repository}?${query}`;
}

/** Over SSH the path is `v3/organisation/project/repository`; else `_git` comes before the repository. */
function azureRepository({ host, origin, parts }: WebPlace): string | undefined {
	if (parts[0] === 'v3') {
		const [, organisation, project, repository] = parts;
		return parts.length === 4 && organisation && project && repository
			? `https://dev.azure.com/${encoded(`${organisation}/${project}/_git/${repository}`)}`
			: undefined;
	}
	const at = parts.indexOf('_git');
	const needed = host === 'dev.azure.com' ? 1 : 0;
	return at >= needed && at === parts.length - 2 && !host.includes('ssh.')
		? `${origin}/${encoded(parts.join('/'))}`
		: undefined;
}

/** `git@host:path`, which is SSH in short, or an address with a scheme. */
function placeOf(remote: string): WebPlace | undefined {
	const short = /^(?:[^\s/@]+@)?([\w.-]+):(?!\/\/)\/?(.+)$/.exec(remote);
	if (short && !/^[a-z]$/i.test(short[1] ?? '') && !remote.includes('://')) {
		return toPlace('ssh:', short[1] ?? '', '', short[2] ?? '');
	}
	if (!/^(https?|ssh|git|git\+ssh):\/\//i.test(remote) || !URL.canParse(remote)) {
		return undefined;
	}
	const { protocol, hostname, port, pathname } = new URL(remote);
	return toPlace(protocol, hostname, port, pathname);
}

function toPlace(protocol: string, hostname: string, port: string, path: string): WebPlace | undefined {
	const isWeb = protocol === 'http:' || protocol === 'https:';
	const host = isWeb ? hostname.toLowerCase() : webHost(hostname.toLowerCase());
	const parts = decoded(
		path
			.replace(/[?#].*$/s, '')
			.replace(/\/+$/, '')
			.replace(/\.git$/, ''),
	)
		?.split('/')
		.filter((part) => part !== '');
	if (!parts || parts.some((part) => part === '.' || part === '..') || !/^[\w.:[\]-]+$/.test(host)) {
		return undefined;
	}
	const origin = `${isWeb ? protocol : 'https:'}//${host}${isWeb && port ? `:${port}` : ''}`;
	return { host, origin, parts };
}

/** Hosts that answer SSH under a name of its own. */
function webHost(host: string): string {
	return host.replace(/^(?:alt)?ssh\.(?=(?:github\.com|gitlab\.com|bitbucket\.org)$)/, '');
}

function decoded(path: string): string | undefined {
	try {
		return decodeURIComponent(path);
	} catch {
		return undefined;
	}
}

function encoded(path: string): string {
	return path.toWellFormed().split('/').map(encodeURIComponent).join('/');
}

function hash({ from, to }: Lines): string {
	return from === to ? `L${from}` : `L${from}-L${to}`;
}

function range({ from, to }: Lines, between: string): string {
	return from === to ? String(from) : `${from}${between}${to}`;
}

/** Text that is drawn has no lines to point at. */
function plain({ path }: Lines, query: string): string {
	return /\.(md|markdown|mdown|rst|adoc|asciidoc|org|ipynb)$/i.test(path) ? `?${query}` : '';
}
