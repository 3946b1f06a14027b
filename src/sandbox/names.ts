import type { WorldPerson } from './world.ts';

/** The words the world is made of. */

export const people: readonly WorldPerson[] = [
	person('Ada', 'Lindqvist'),
	person('Björk', 'Jónsdóttir'),
	person('Chidi', 'Okafor'),
	person('Dörte', 'Müller'),
	person('Émile', 'Girard'),
	person('Fatima', 'El Amrani'),
	person('Giulia', 'Ferraro'),
	person('Hiroshi', '田中'),
	person('Ines', 'Roth'),
	person('Jonas', 'Ødegård'),
];

function person(firstName: string, lastName: string): WorldPerson {
	return { firstName, lastName, email: `${plain(firstName)}@quayside.example` };
}

function plain(name: string): string {
	return name
		.normalize('NFD')
		.replaceAll(/\p{Diacritic}/gu, '')
		.toLowerCase();
}

export const clients: readonly string[] = [
	'Port of Höfn',
	'Quayside Studio',
	'Nordlys Energi',
	'Bäckerei Sommer',
	'Lagos Ferry Company',
	'株式会社みなと',
];

export const workspaceNames: readonly {
	readonly name: string;
	readonly description: string;
	readonly archived?: boolean;
}[] = [
	{ name: 'Harbour renewal', description: 'New quays, lights and a ferry terminal.' },
	{ name: 'Website relaunch', description: 'A quicker site in five languages.' },
	{ name: 'Straßenbahn Linie 7', description: 'Neue Haltestellen und ein Fahrplan, der stimmt.' },
	{ name: 'Café Ångström', description: 'Opening a second café before the summer.' },
	{ name: 'Wind farm north', description: 'Permits, cables and twelve turbines.' },
	{ name: 'みなと案内アプリ', description: 'A guide to the port for visitors, on the phone.' },
	{ name: 'Onboarding 2027', description: 'What new colleagues meet in their first month.' },
	{ name: 'Accessibility review', description: 'Everything by keyboard, everything with a name.' },
	{ name: 'Île de Ré campsite', description: 'Forty pitches, one kitchen, no queue.' },
	{ name: 'Data centre move', description: 'Three racks, one weekend, nothing lost.' },
	{ name: 'Book of recipes', description: 'A hundred recipes from the canteen, tested at home.' },
	{ name: 'Old library scans', description: 'Finished: 4,200 pages scanned and described.', archived: true },
];

export const boardNames: readonly {
	readonly name: string;
	readonly columns: readonly string[];
	readonly empty?: boolean;
}[] = [
	{ name: 'Delivery', columns: ['Backlog', 'Doing', 'Review', 'Done'] },
	{ name: 'Design', columns: ['Ideas', 'Sketch', 'Final'] },
	{ name: 'Risks', columns: ['Seen', 'Watched', 'Closed'] },
	{ name: 'Redaktion', columns: ['Offen', 'In Arbeit', 'Geprüft', 'Veröffentlicht'] },
	{ name: 'Permits', columns: ['To ask', 'Asked', 'Granted'] },
	{ name: 'Next year', columns: ['Someday', 'Agreed'], empty: true },
	{ name: 'Build', columns: ['To do', 'In progress', 'Done'] },
];

export const cardTitles: readonly string[] = [
	'Order the pump',
	'Ask the neighbours about noise',
	'Texte für die Startseite schreiben',
	'Measure the quay wall',
	'Choose the typeface',
	'Réserver la salle',
	'Write the tender',
	'Check contrast in dark mode',
	'Plan the ferry timetable',
	'候補地の写真を撮る',
	'Replace the broken lamp',
	'Talk to the fire brigade',
	'Budget für das dritte Quartal',
	'Invite the steering group',
	'Translate the safety sheet',
	'Draw the cable route',
	'Test the booking form on a phone',
	'Sækja um leyfi',
	'Archive last year’s minutes',
	'Find a second supplier',
	'Label every switch',
	'Move the backup to the new site',
	'Collect feedback from the pilot',
	'Smag på tre slags rugbrød',
];

export const backlogIdeas: readonly string[] = [
	'A bench with a view of the lighthouse',
	'Bike racks by the ticket office',
	'Show the water temperature',
	'A quiet hour on Sundays',
	'Larger print on the timetable',
	'Solar panels on the boat shed',
	'Geführte Tour für Kinder',
	'Drinking water at every stop',
	'A map one can feel',
	'Une carte des vents',
	'Night lights that follow the tide',
	'Postcards from the archive',
];
