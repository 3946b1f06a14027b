import { Mime } from 'mime';
import otherTypes from 'mime/types/other.js';
import standardTypes from 'mime/types/standard.js';

/** Project plans: the tables know the ending by a name that no vendor uses. */
const overrides = { 'application/vnd.ms-project': ['mpp'] };

/** What kind of content a file name promises. */
export function mediaTypeOf(name: string): string {
	const types = new Mime(standardTypes, otherTypes).define(overrides, true);
	return types.getType(name) ?? 'application/octet-stream';
}
