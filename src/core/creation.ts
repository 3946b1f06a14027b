import type { Form } from './form.ts';

/** New things, as a form to fill in. */
export interface Creation<Place, Made> {
	/** The form for a new one at that place. Makes no request; choices load when they are reached. */
	form(place: Place): Form<Made>;
}
