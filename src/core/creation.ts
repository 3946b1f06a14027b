import type { Form } from './form.ts';

/** New things, as a form to fill in. */
export interface Creation<Place, Made> {
	/** Why none can be made at just this place, in the user's language; then it is not offered there. Makes no request. */
	whyNot?(place: Place): string | undefined;
	/** The form for a new one at that place. Makes no request; choices load when they are reached. */
	form(place: Place): Form<Made>;
}
