import type { BoundOperation, OperationId } from '../core/operations.ts';

/** The word for an operation, such as `opEdit`. */
export function operationWord(id: OperationId): string {
	return `op${id.charAt(0).toUpperCase()}${id.slice(1)}`;
}

/** The words for the operations that can be begun at a line, by which menus choose their entries. */
export function operationWords(operations: readonly BoundOperation[]): string[] {
	return operations.filter(({ whyNot }) => whyNot === undefined).map(({ id }) => operationWord(id));
}
