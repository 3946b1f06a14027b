import type { Credentials, SessionIo, SignedIn, SignInWay } from '../../core/provider.ts';
import type { Names } from '../../http/request.ts';
import { type Authorisation, byPerson, byRobot, bySignature, type Place } from './authorisation.ts';
import { personOAuth1Way, personWay } from './person.ts';
import { robotOAuth1Way, robotWay } from './robot.ts';

/** Robots come second: only the owners of an account can make one. */
export function signInWays(): readonly SignInWay[] {
	return [personWay(), robotWay(), personOAuth1Way(), robotOAuth1Way()];
}

/** By the ids of the ways. */
const authorisations: Readonly<Record<string, (place: Place, credentials: Credentials) => Authorisation>> = {
	person: byPerson,
	clientCredentials: byRobot,
	person1: (_place, credentials) => bySignature(credentials),
	oauth1: (_place, credentials) => bySignature(credentials),
};

export function authorisationOf({ way, server }: SignedIn, names: Names, io: SessionIo): Authorisation {
	const authorisation = authorisations[way];
	if (!authorisation) {
		throw new Error(`no way to sign in is called ${way}`);
	}
	return authorisation({ server, names, fetch: io.fetch, log: io.log }, io.credentials);
}

export function isRobot({ way }: SignedIn): boolean {
	return way === 'clientCredentials' || way === 'oauth1';
}
