/** The id that the box of a field has in the page: a vendor's id may hold any sign, and what names ids is parted by spaces. */
export function fieldId(id: string): string {
	return `field-${encodeURIComponent(id)}`;
}
