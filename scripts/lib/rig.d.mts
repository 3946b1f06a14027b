import type { Browser, LaunchOptions, Page } from 'playwright-core';

export interface Server {
	readonly port: number;
	readonly token: string;
	/** The address of the workbench, with `query` added. */
	url(query?: Record<string, string>): string;
	stop(): Promise<void>;
}

export interface Sandbox {
	/** The line of JSON that the sandbox announces itself with; what BOARDWALK_SANDBOX holds. */
	readonly line: string;
	readonly about: Record<string, unknown>;
	stop(): Promise<void>;
}

export const out: string;
export function launchChromium(options?: LaunchOptions): Promise<Browser>;
export function startSandbox(options?: readonly string[]): Promise<Sandbox>;
/** An address of this computer other than 127.0.0.1. */
export function hostAside(): Promise<string>;
export function startPackaged(options: {
	data: string;
	env?: Record<string, string | undefined>;
	settings?: Record<string, unknown>;
	file?: string;
	others?: readonly string[];
	port?: number;
}): Promise<Server>;
export function temporaryFolder(name: string): string;
export function removeFolder(folder: string): void;
export function runInWebHost(options: {
	tests: string;
	onLog?: (kind: string, args: unknown[]) => void;
	inspect?: (page: Page) => Promise<void>;
}): Promise<unknown>;
