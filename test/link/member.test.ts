import assert from 'node:assert/strict';
import type { Lock } from '../../src/host/pipe/lockTable.ts';
import { Member, type Note } from '../../src/host/pipe/member.ts';
import type { Wire } from '../../src/host/pipe/sealedLines.ts';
import { never, until } from './support.ts';

/** Connections that can be cut, and carry notes as sockets do: in order, each a little later. */
class Wires {
	#up = true;

	/** `member` joins `leader`. */
	join(leader: Member, member: Member): void {
		const atLeader: Wire = {
			send: (note) => this.#carry(() => member.hear(atMember, note as Note)),
			close: () => undefined,
		};
		const atMember: Wire = {
			send: (note) => this.#carry(() => leader.hear(atLeader, note as Note)),
			close: () => undefined,
		};
		this.#ends.push([leader, atLeader], [member, atMember]);
		leader.welcome(atLeader);
	}

	readonly #ends: [Member, Wire][] = [];

	cut(): void {
		this.#up = false;
		for (const [member, wire] of this.#ends) member.lose(wire);
	}

	#carry(deliver: () => void): void {
		setImmediate(() => this.#up && deliver());
	}
}

function newMember() {
	const member = new Member();
	const heard: string[] = [];
	member.onText((text) => heard.push(text));
	return { member, heard };
}

describe('what windows know when the leader is lost', () => {
	it('reaches the next holder before its run, though the one before ended while nobody led', async () => {
		const [old, first, second] = [newMember(), newMember(), newMember()];
		let granted: readonly Lock[] = [];
		old.member.grant([], (held) => {
			granted = held;
			return true;
		});
		const wires = new Wires();
		wires.join(old.member, first.member);
		const { promise, resolve: release } = Promise.withResolvers<void>();
		let started = false;
		const run = (): Promise<void> => {
			started = true;
			return promise;
		};
		const running = first.member.exclusively('x', run, never);
		await until('it runs', () => started);
		old.member.resign();
		wires.cut();
		first.member.send('the result');
		release();
		await running;

		second.member.grant(granted, () => true);
		const next = second.member.exclusively('x', async () => [...second.heard], never);
		new Wires().join(second.member, first.member);
		assert.deepEqual(await next, ['the result']);
		second.member.dispose();
	});

	it('is heard once and in order, though several bring it to the new leader', async () => {
		const [old, first, second, next] = [newMember(), newMember(), newMember(), newMember()];
		const wires = new Wires();
		[first, second].forEach(({ member }) => wires.join(old.member, member));
		old.member.send('a');
		old.member.send('b');
		await until('both have heard', () => [first, second].every(({ heard }) => heard.length === 2));
		wires.cut();
		first.member.send('c');

		const after = new Wires();
		[second, first].forEach(({ member }) => after.join(next.member, member));
		await until('the text is there', () => second.heard.includes('c'));
		first.member.send('d');
		await until('all is there', () => second.heard.includes('d'));
		assert.deepEqual(next.heard, ['a', 'b', 'c', 'd']);
		assert.deepEqual(first.heard, ['a', 'b']);
		assert.deepEqual(second.heard, ['a', 'b', 'c', 'd']);
	});

	it('grants nothing that is no longer its to grant', async () => {
		const { member } = newMember();
		let mine = false;
		member.grant([], () => mine);
		let ran = false;
		const running = member.exclusively('x', async () => void (ran = true), never);
		await Promise.resolve();
		assert.equal(ran, false);
		mine = true;
		member.grant([], () => mine);
		await running;
		assert.equal(ran, true);
	});

	it('keeps a name from others while its owner lives, until the owner says what it holds', async () => {
		const { member } = newMember();
		const lost: Lock = { name: 'x', owner: 'another', ticket: 1, pid: process.pid };
		const dead: Lock = { name: 'y', owner: 'a third', ticket: 1, pid: 2 ** 22 + 1 };
		member.grant([lost, dead], () => true);
		let ran = false;
		const running = member.exclusively('x', async () => void (ran = true), never);
		await member.exclusively('y', () => Promise.resolve(), never);
		assert.equal(ran, false);
		const wire: Wire = { send: () => undefined, close: () => undefined };
		member.welcome(wire);
		member.hear(wire, { is: 'join', id: 'another', seen: {}, held: [lost], waiting: [] });
		await member.exclusively('y', () => Promise.resolve(), never);
		assert.equal(ran, false);
		member.hear(wire, { is: 'leave', ticket: 1 });
		await running;
		member.dispose();
	});
});
