/** How near to an edge scrolling starts, and how far it goes in a frame at the edge itself; pixels. */
const near = 48;
const fastest = 18;

/**
 * While something is dragged, scrolls the list under the mouse up and down and the board sideways when the mouse is near
 * their edges. Returns what ends it.
 */
export function scrollAtEdges(board: HTMLElement): () => void {
	let mouse: { x: number; y: number } | undefined;
	let frame = 0;
	const follow = ({ clientX, clientY }: DragEvent) => {
		mouse = { x: clientX, y: clientY };
	};
	const step = () => {
		if (mouse) scrollUnder(board, mouse);
		frame = requestAnimationFrame(step);
	};
	frame = requestAnimationFrame(step);
	window.addEventListener('dragover', follow);
	return () => {
		cancelAnimationFrame(frame);
		window.removeEventListener('dragover', follow);
	};
}

function scrollUnder(board: HTMLElement, { x, y }: { readonly x: number; readonly y: number }): void {
	const area = board.getBoundingClientRect();
	if (y < area.top || y > area.bottom) return;
	const sideways = speed(x, area.left, area.right);
	if (sideways) board.scrollBy({ left: sideways });
	const list = document.elementFromPoint(x, y)?.closest('[data-lane]')?.querySelector('.list');
	if (!list) return;
	const { top, bottom } = list.getBoundingClientRect();
	const down = speed(y, top, bottom);
	if (down) list.scrollBy({ top: down });
}

/** Pixels to scroll: the more the nearer the mouse is to an edge, or beyond it. */
function speed(at: number, start: number, end: number): number {
	const deep = (distance: number) => Math.round(fastest * Math.min(1, Math.max(0, (near - distance) / near)));
	return deep(end - at) - deep(at - start);
}
