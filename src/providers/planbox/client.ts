import * as v from 'valibot';
import { NotFound, SignInNeeded } from '../../core/errors.ts';
import type { SessionIo, SignInIo } from '../../core/provider.ts';
import { type Filter, withoutSecrets } from '../../core/redaction.ts';
import type { PartHeaders } from '../../http/content.ts';
import { sentence, toProviderError } from '../../http/failures.ts';
import { limited } from '../../http/limits.ts';
import { type Explanation, Http, type Names, type Query, type Reply } from '../../http/request.ts';
import {
	addedProjectWire,
	initiativeTokenWire,
	listOf,
	oneOf,
	type ProductWire,
	type ProjectWire,
	productWire,
	projectWire,
	type ResourceWire,
	resourceWire,
	type StoryWire,
	storyWire,
	tokenWire,
	type WholeProjectWire,
	type WholeStoryWire,
	wholeProjectWire,
	wholeStoryWire,
} from './replies.ts';
import { kindOfRefusal } from './unverified.ts';

export interface ClientOptions {
	readonly server: string;
	readonly names: Names;
	readonly io: SignInIo & Pick<Partial<SessionIo>, 'onVerdict' | 'receive'>;
	/** Absent before signing in. */
	readonly token?: () => Promise<string>;
}

/**
 * The old API: a URL for each call, always a form-encoded POST, always status 200, and `code` tells how it went.
 * https://support.planbox.com/knowledgebase/articles/206624-http-api
 */
export class Client {
	readonly #http: Http;
	/** A file that is refused says nothing of the credentials. */
	readonly #files: Http;
	readonly #names: Names;
	readonly #onVerdict: ((accepted: boolean) => void) | undefined;

	constructor({ server, names, io, token }: ClientOptions) {
		this.#names = names;
		this.#onVerdict = io.onVerdict?.bind(io);
		const { fetch, receive, log } = io;
		const authorize = token && (async (request: Request) => withHeader(request, basic(await token())));
		const options = { base: server, names, fetch, log, authorize, limit: limited(4) };
		// Refusals come under 200 too, so what is accepted is told by `code` alone.
		this.#http = new Http({ ...options, onVerdict: (accepted) => accepted || this.#onVerdict?.(false) });
		this.#files = new Http({ ...options, receive });
	}

	/** A token for the credentials; `SignInNeeded` where they are wrong. */
	async signIn(email: string, password: string, signal: AbortSignal): Promise<string> {
		const reply = await this.#answer('auth', { email, password }, tokenWire, signal);
		return this.#contentOrSignIn(reply).access_token;
	}

	/** Who is signed in; any refusal of this question means that nobody is. */
	async loggedResource(signal: AbortSignal): Promise<ResourceWire> {
		return this.#contentOrSignIn(await this.#answer('get_logged_resource', {}, oneOf(resourceWire), signal));
	}

	async products(signal: AbortSignal): Promise<readonly ProductWire[]> {
		return this.#ask('get_products', {}, listOf(productWire), signal);
	}

	async product(id: string, signal: AbortSignal): Promise<ProductWire> {
		return this.#ask('get_product', { product_id: id }, oneOf(productWire), signal);
	}

	/** The projects of one initiative or of several, as far as this account may see them. */
	async projects(products: string | readonly string[], signal: AbortSignal): Promise<readonly ProjectWire[]> {
		const form = typeof products === 'string' ? { product_id: products } : { 'product_id[]': products };
		return this.#ask('get_projects', form, listOf(projectWire), signal);
	}

	async project(product: string, id: string, signal: AbortSignal): Promise<WholeProjectWire> {
		return this.#ask('get_project', { product_id: product, project_id: id }, oneOf(wholeProjectWire), signal);
	}

	async resources(product: string, signal: AbortSignal): Promise<readonly ResourceWire[]> {
		return this.#ask('get_resources', { product_id: product }, listOf(resourceWire), signal);
	}

	/** All items of the timeframes, of every project: Planbox ignores a project that is asked for. */
	async stories(product: string, timeframes: readonly string[], signal: AbortSignal): Promise<readonly StoryWire[]> {
		return this.#ask('get_stories', { product_id: product, 'timeframe[]': timeframes }, listOf(storyWire), signal);
	}

	/** The items of the timeframes on which a person has a task. */
	async storiesOf(
		product: string,
		timeframes: readonly string[],
		person: string,
		signal: AbortSignal,
	): Promise<readonly StoryWire[]> {
		const form = { product_id: product, 'timeframe[]': timeframes, 'resource_id[]': [person] };
		return this.#ask('get_stories', form, listOf(storyWire), signal);
	}

	async story(id: string, signal: AbortSignal): Promise<WholeStoryWire> {
		return this.#ask('get_story', { story_id: id }, oneOf(wholeStoryWire), signal);
	}

	// What comes back of a change is described for some calls only, so whoever changes an item reads it again.
	updateStory = (form: Query, signal: AbortSignal) => this.#change('update_story', form, signal);
	updateStoryStatus = (form: Query, signal: AbortSignal) => this.#change('update_story_status', form, signal);
	moveStory = (form: Query, signal: AbortSignal) => this.#change('move_story_to_iteration', form, signal);
	addTask = (form: Query, signal: AbortSignal) => this.#change('add_task', form, signal);
	updateTask = (form: Query, signal: AbortSignal) => this.#change('update_task', form, signal);

	/** The initiative's own token, which Planbox shows to its admins alone. A secret: it goes into `createStory` and nowhere else. */
	async initiativeToken(product: string, signal: AbortSignal): Promise<string | undefined> {
		return (await this.#ask('get_product', { product_id: product }, oneOf(initiativeTokenWire), signal)).token;
	}

	/** Makes an item by an initiative's token. Returns whatever was answered. */
	createStory = (token: string, form: Query, signal: AbortSignal) =>
		this.#change('third_party_create_story', { token, ...form }, signal, withoutSecrets([token]));

	#change(call: string, form: Query, signal: AbortSignal, hide?: Filter): Promise<unknown> {
		return this.#ask(call, form, v.unknown(), signal, { writes: true, hide });
	}

	async addProject(form: Query, signal: AbortSignal): Promise<ProjectWire> {
		return (await this.#ask('add_project', form, addedProjectWire, signal, { writes: true })).project;
	}

	/** Starts reading a file; a redirect is handed back. */
	async file(url: string, anonymous: boolean, part: PartHeaders, signal: AbortSignal): Promise<Response> {
		try {
			return await this.#files.stream({ path: url, anonymous, headers: { accept: '*/*', ...part } }, signal);
		} catch (error) {
			if (!(error instanceof SignInNeeded)) {
				throw error;
			}
			await this.loggedResource(signal);
			throw this.#refusal(undefined, 'notAllowed');
		}
	}

	async #ask<const Shape extends v.GenericSchema>(
		call: string,
		form: Query,
		content: Shape,
		signal: AbortSignal,
		{ writes = false, hide = (text) => text }: Asking = {},
	): Promise<v.InferOutput<Shape>> {
		const reply = await this.#answer(call, form, content, signal, writes);
		if (reply.code === 'ok') {
			return reply.content;
		}
		// Signed out, forbidden and not there look alike; only this question tells the first from the others, and it asks
		// `#answer` itself, so that it is never asked because of its own refusal.
		await this.loggedResource(signal);
		throw this.#refusal(typeof reply.content === 'string' ? hide(reply.content) : undefined);
	}

	async #answer<const Shape extends v.GenericSchema>(
		call: string,
		form: Query,
		content: Shape,
		signal: AbortSignal,
		writes = false,
	) {
		const shape = envelope(content);
		const reply = await this.#http.json({ method: 'POST', path: `/${call}`, form, reads: !writes }, shape, signal);
		if (reply.code === 'ok') {
			this.#onVerdict?.(true);
		}
		return reply;
	}

	#contentOrSignIn<T>(reply: { code: 'ok'; content: T } | { code: 'error'; content: unknown }): T {
		if (reply.code === 'ok') {
			return reply.content;
		}
		this.#onVerdict?.(false);
		throw this.#refusal(reply.content, 'signIn');
	}

	#refusal(words: unknown, kind?: Explanation['kind']): unknown {
		const reason = typeof words === 'string' && words !== '' ? this.#http.discreet(words) : undefined;
		const reply: Reply = { status: 200, headers: new Headers(), body: undefined };
		const error = toProviderError({
			names: this.#names,
			writes: false,
			reply,
			explanation: { kind: kind ?? kindOfRefusal(reason ?? ''), reason },
		});
		// It may be something else that is not there than what was asked for, so Planbox's words say what.
		return error instanceof NotFound && reason !== undefined
			? new NotFound(`${error.message} ${sentence(reason)}`, error)
			: error;
	}
}

interface Asking {
	/** Whether the call could change something. */
	readonly writes?: boolean;
	/** Takes out of the vendor's words what it was sent and nobody may read. */
	readonly hide?: Filter;
}

function envelope<const Shape extends v.GenericSchema>(content: Shape) {
	return v.variant('code', [
		v.object({ code: v.literal('ok'), content }),
		v.object({ code: v.literal('error'), content: v.unknown() }),
	]);
}

/** The token is the user name; the password is ignored. */
function basic(token: string): string {
	const bytes = new TextEncoder().encode(`${token}:x`);
	return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}

export function withHeader(request: Request, authorization: string): Request {
	request.headers.set('authorization', authorization);
	return request;
}
