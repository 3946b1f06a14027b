import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer as createProxy, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, createServer as createPlain, type Server, type Socket } from 'node:net';
import { createSecureContext, createServer } from 'node:tls';
import type { Finding } from '../../src/core/finding.ts';
import { runChecks } from '../../src/host/checks.ts';
import { certificateFindings } from '../../src/host/nodeDiagnosis.ts';
import type { Route } from '../../src/host/proxy.ts';
import type { Anchors } from '../../src/host/tlsLook.ts';
import { signal } from '../support/session.ts';

const pem = (name: string) => readFileSync(new URL(`certificates/${name}`, import.meta.url), 'utf8');
const company = pem('ca.pem');
const strangers: Anchors = { known: [], all: () => [] };
const companies: Anchors = { known: [], all: () => [company] };
const direct: Route = { kind: 'system' };

describe('The certificate of a server', () => {
	const running: { close(): unknown }[] = [];
	const open = new Set<Socket>();
	const started = async (server: Server): Promise<number> => {
		running.push(server);
		server.on('connection', (socket: Socket) => open.add(socket));
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return (server.address() as AddressInfo).port;
	};
	afterEach(() => {
		open.forEach((socket) => socket.destroy());
		open.clear();
		running.splice(0).forEach((server) => server.close());
	});

	const received: string[] = [];
	const secured = async (certificate: string, key: string): Promise<URL> => {
		const server = createServer({ cert: certificate, key: pem(key) }, (socket) => {
			socket.on('data', (data) => received.push(data.toString()));
			socket.on('error', () => undefined);
		});
		return new URL(`https://localhost:${await started(server)}`);
	};
	const issued = () => secured(pem('server.pem') + company, 'server.key');

	const look = async (
		server: URL,
		anchors: Anchors,
		route: Route = direct,
		systemCertificates = true,
	): Promise<Finding> => {
		const [finding] = await certificateFindings(server, route, systemCertificates, signal(), anchors);
		assert.ok(finding);
		return finding;
	};

	it('is named with its issuers and its end', async () => {
		const { message } = await look(await issued(), companies);
		assert.match(
			message,
			/^The certificate of localhost, issued by Acme Inspection CA \(Acme Ltd\) is valid until October 2\d, 2126\./,
		);
	});

	it('is fine where everybody knows the issuer', async () => {
		const finding = await look(await issued(), { known: [company], all: () => assert.fail('not needed') });
		assert.equal(finding.state, 'good');
		assert.match(finding.message, /Every computer trusts it\.$/);
		assert.deepEqual(finding.personal, ['localhost']);
	});

	it('is fine where a company added the issuer, whose name is nothing for strangers', async () => {
		const finding = await look(await issued(), companies);
		assert.equal(finding.state, 'good');
		assert.match(finding.message, /added to this computer, as companies do\.$/);
		assert.deepEqual(finding.personal, ['localhost', 'Acme Inspection CA', 'Acme Ltd']);
	});

	it('is not taken where VS Code is told to leave the system’s certificates out', async () => {
		const finding = await look(await issued(), companies, direct, false);
		assert.equal(finding.state, 'bad');
		assert.match(finding.next ?? '', /Turn on the setting http\.systemCertificates/);
	});

	it('is not trusted where nobody knows the issuer, as behind a company’s proxy', async () => {
		const finding = await look(await issued(), strangers);
		assert.equal(finding.state, 'bad');
		assert.match(finding.message, /issued by Acme Inspection CA .* does not trust it \(SELF_SIGNED_CERT_IN_CHAIN\)\.$/);
		assert.match(finding.next ?? '', /company’s proxy .* http\.proxySupport and http\.systemCertificates/);
	});

	it('names an issuer that the server did not send', async () => {
		const finding = await look(await secured(pem('server.pem'), 'server.key'), strangers);
		assert.match(finding.message, /localhost, issued by Acme Inspection CA \(Acme Ltd\) is .*UNABLE_TO/);
	});

	it('that is issued by itself says so', async () => {
		const finding = await look(await secured(pem('self.pem'), 'self.key'), strangers);
		assert.equal(finding.state, 'bad');
		assert.match(
			finding.message,
			/of localhost \(Acme <b>Ltd\), issued by itself is .*\(DEPTH_ZERO_SELF_SIGNED_CERT\)/,
		);
	});

	it('that is over points at the date', async () => {
		const finding = await look(await secured(pem('old.pem') + company, 'server.key'), companies);
		assert.match(finding.message, /valid until (January 31|February 1), 2020\..*CERT_HAS_EXPIRED/);
		assert.match(finding.next ?? '', /Check this computer’s date/);
	});

	it('that belongs to another name points at the address', async () => {
		const other = pem('other.pem');
		const finding = await look(await secured(other, 'self.key'), { known: [], all: () => [other] });
		assert.match(finding.message, /of other\.example, issued by itself .*ERR_TLS_CERT_ALTNAME_INVALID/);
		assert.match(finding.next ?? '', /another name/);
	});

	it('is not needed on loopback without TLS', async () => {
		const finding = await look(new URL('http://127.0.0.1:1'), strangers);
		assert.equal(finding.state, 'good');
		assert.match(finding.message, /does not leave this computer/);
	});

	it('is asked for by the server’s name, since one address may have many', async () => {
		const asked: string[] = [];
		const server = createServer({
			cert: pem('other.pem'),
			key: pem('self.key'),
			SNICallback: (name, answer) => {
				asked.push(name);
				answer(null, createSecureContext({ cert: pem('server.pem') + company, key: pem('server.key') }));
			},
		});
		const finding = await look(new URL(`https://localhost:${await started(server)}`), {
			...companies,
			known: [company],
		});
		assert.deepEqual(asked, ['localhost']);
		assert.match(finding.message, /of localhost, issued by Acme Inspection CA/);
	});

	it('is looked at without sending anything', async () => {
		received.length = 0;
		await look(await issued(), strangers);
		await look(await issued(), companies);
		assert.deepEqual(received, []);
	});

	it('can’t be seen where nothing answers, or something else does', async () => {
		const port = await started(createPlain((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
		const finding = await look(new URL(`https://localhost:${port}`), strangers);
		assert.equal(finding.state, 'unknown');
		assert.match(finding.message, /^The certificate could not be seen: \w+/);
		assert.ok(finding.next);
		running.splice(0).forEach((server) => server.close());
		assert.match((await look(new URL(`https://127.0.0.1:${port}`), strangers)).message, /ECONNREFUSED/);
	});

	it('is given up where the server says nothing, and the connection is closed', async () => {
		let closed: Promise<void> | undefined;
		const port = await started(
			createPlain((socket) => {
				closed = new Promise((resolve) => socket.on('error', () => undefined).on('close', () => resolve()));
				socket.resume();
			}),
		);
		const run = (each: AbortSignal) =>
			certificateFindings(new URL(`https://127.0.0.1:${port}`), direct, true, each, strangers);
		const [finding] = await runChecks([{ about: 'Certificate', run }], { timeLimit: 50 }, signal());
		assert.equal(finding?.message, 'Nothing came within 50 milliseconds.');
		await closed;
	});

	describe('behind a proxy', () => {
		const proxyTo = async (port: number, status = '200 OK', seen: IncomingMessage[] = []): Promise<number> => {
			const proxy = createProxy();
			proxy.on('connect', (request: IncomingMessage, client: Socket) => {
				seen.push(request);
				client.write(`HTTP/1.1 ${status}\r\nVia: test\r\n\r\n`);
				if (status.startsWith('200')) {
					const onward = connect(port, '127.0.0.1');
					onward.on('error', () => client.destroy());
					client.on('error', () => onward.destroy()).on('close', () => onward.destroy());
					onward.pipe(client).pipe(onward);
				}
			});
			return started(proxy);
		};
		const through = (address: string): Route => ({ kind: 'proxy', proxy: new URL(address), source: 'http.proxy' });

		it('is the one that the proxy shows', async () => {
			const inner = await issued();
			const seen: IncomingMessage[] = [];
			const proxy = await proxyTo(Number(inner.port), '200 OK', seen);
			const finding = await look(
				new URL('https://localhost/v2'),
				companies,
				through(`http://a%40b:p%2Fw@127.0.0.1:${proxy}`),
			);
			assert.equal(finding.state, 'good');
			assert.match(finding.message, /issued by Acme Inspection CA/);
			assert.equal(seen[0]?.url, 'localhost:443');
			assert.equal(seen[0]?.headers['proxy-authorization'], `Basic ${Buffer.from('a@b:p/w').toString('base64')}`);
		});

		it('can’t be seen where the proxy refuses', async () => {
			const proxy = await proxyTo(1, '407 Proxy Authentication Required');
			const finding = await look(new URL('https://localhost'), strangers, through(`http://127.0.0.1:${proxy}`));
			assert.equal(finding.state, 'unknown');
			assert.match(finding.message, /the proxy refused with status 407/);
		});

		it('can’t be seen through a proxy that is spoken to otherwise', async () => {
			const finding = await look(new URL('https://localhost'), strangers, through('socks5://127.0.0.1:1080'));
			assert.equal(finding.state, 'unknown');
			assert.match(finding.message, /only the proxy sees it/);
		});

		it('can’t be seen where something else than a proxy answers', async () => {
			const port = await started(
				createPlain((socket) => socket.on('error', () => undefined).end('220 mail ready\r\n')),
			);
			const finding = await look(new URL('https://localhost'), strangers, through(`http://127.0.0.1:${port}`));
			assert.equal(finding.state, 'unknown');
		});

		it('gets no password where it can’t show who it is', async () => {
			received.length = 0;
			const proxy = await secured(pem('self.pem'), 'self.key');
			const finding = await look(
				new URL('https://localhost'),
				strangers,
				through(`https://a:pw@localhost:${proxy.port}`),
			);
			assert.equal(finding.state, 'unknown');
			assert.match(finding.message, /DEPTH_ZERO_SELF_SIGNED_CERT/);
			assert.deepEqual(received, []);
		});
	});
});
