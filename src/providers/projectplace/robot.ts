import { t } from '@vscode/l10n';
import { type TextField, textOf, type Values } from '../../core/form.ts';
import type { Credentials, TypedWay } from '../../core/provider.ts';
import { type Authorisation, byRobot, bySignature, type Place } from './authorisation.ts';
import { hostOf, plain, secret, sharedHost } from './host.ts';
import { namesAt, signedIn } from './identity.ts';

const helpUrl =
	'https://success.planview.com/Planview_ProjectPlace/Account_administration/017_Manage_Robots_in_the_Account';

export function robotWay(): TypedWay {
	return typed({
		id: 'clientCredentials',
		label: t('Robot (OAuth 2)'),
		detail: t('With the client id and the client secret of a robot of your account'),
		keys: [plain('clientId', t('Client ID')), secret('clientSecret', t('Client secret'))],
		authorisation: byRobot,
		practice: ({ url, clientCredentials: robot }) => ({ server: String(url), ...(robot as Values) }),
	});
}

/** The vendor calls it legacy; robots that were set up so go on. */
export function robotOAuth1Way(): TypedWay {
	return typed({
		id: 'oauth1',
		label: t('Robot (OAuth 1)'),
		detail: t('With the four keys of a robot that was set up the older way'),
		keys: [
			plain('applicationKey', t('Application key')),
			secret('applicationSecret', t('Application secret')),
			plain('accessTokenKey', t('Access token key')),
			secret('accessTokenSecret', t('Access token secret')),
		],
		authorisation: (_place, credentials) => bySignature(credentials),
	});
}

interface Typed extends Pick<TypedWay, 'id' | 'label' | 'detail' | 'practice'> {
	/** Their ids are also the names of the secrets. */
	readonly keys: readonly TextField[];
	readonly authorisation: (place: Place, credentials: Pick<Credentials, 'read'>) => Authorisation;
}

function typed({ keys, authorisation, ...way }: Typed): TypedWay {
	return {
		...way,
		helpUrl,
		fields: [...keys, sharedHost()],
		async signIn(values, io, signal) {
			const server = hostOf(values);
			const secrets = Object.fromEntries(keys.map(({ id }) => [id, textOf(values, id) ?? '']));
			const carrying = authorisation({ ...io, server, names: namesAt(server) }, { read: async () => secrets });
			return [await signedIn({ way: way.id, server, secrets }, carrying, io, signal)];
		},
	};
}
