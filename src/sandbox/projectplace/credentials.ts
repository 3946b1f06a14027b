/** Who asks. Robots see every workspace of the account; people see those they are members of. */
export interface Principal {
	readonly id: number;
	readonly name: string;
	readonly email: string;
	readonly robot?: boolean;
	readonly reads?: boolean;
}

// The awkward signs are there on purpose: they show who encodes where nothing is to be encoded, and the other way round.
const robot = (number: number, reads: boolean) => ({
	id: 9000 + number,
	name: `Robot ${number}`,
	email: `robot-${number}@quayside.example`,
	robot: true,
	reads,
	oauth1: {
		applicationKey: 'practice-application',
		applicationSecret: 'practice application & secret/1',
		accessTokenKey: `practice_token~${number}`,
		accessTokenSecret: `practice+token=secret%${number}`,
	},
	clientCredentials: { clientId: `practice-robot_${number}`, clientSecret: `practice+robot secret/%${number}:é` },
});
export const robots = [robot(1, false), robot(2, true)] as const;
const [{ oauth1, clientCredentials }, reader] = robots;

const callback = 'vscode://boardwalk-tools.boardwalk/signed-in';
/** The one application that people sign in through. It has a key and a secret, which serve both OAuths. */
export const authorizationCode = {
	clientId: 'practice-sign-in',
	clientSecret: 'practice+sign-in/secret',
	redirectUris: [
		'https://oob',
		callback,
		`${callback}?vendor=projectplace`,
		'https://127.0.0.1/signed-in',
		'http://127.0.0.1:43117/signed-in',
	],
};
export const oauth1Application = {
	applicationKey: authorizationCode.clientId,
	applicationSecret: authorizationCode.clientSecret,
};

export const credentials = { oauth1, clientCredentials, authorizationCode, oauth1Application };
export const readOnly = { ...reader.oauth1, ...reader.clientCredentials };
