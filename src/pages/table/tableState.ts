import type { RowChange, TableRow, TableView, ToTablePage } from '../tableProtocol.ts';
import { columnsOf, type GridColumn } from './columns.ts';
import type { Kept, Spot } from './kept.ts';
import { orderOf, type Sorting } from './order.ts';

type DryRun = Extract<ToTablePage, { type: 'dryRun' }>;
type Heard = Extract<ToTablePage, { type: 'table' | 'rows' | 'dryRun' }>;

/** What the table shows, and where in it the person is. Knows nothing of how it is drawn. */
export class TableState {
	view: TableView | undefined;
	columns: readonly GridColumn[] = [];
	filter: string;
	sorting: Sorting | undefined;
	dryRun: DryRun | undefined;
	folds: Readonly<Record<string, boolean>>;
	/** The row that was ticked or unticked last, where a range begins. */
	anchor: string | undefined;
	/** What is to be chosen for all ticked rows, until it is. */
	commonChoice = '';
	/** The choices of all rows, by their values. */
	choices: ReadonlyMap<string, string> = new Map();
	#rows: TableRow[] = [];
	#indices: ReadonlyMap<string, number> = new Map();
	#order: readonly number[] = [];
	#positions: ReadonlyMap<string, number> = new Map();
	#spot: Spot | undefined;

	constructor({ filter, sorting, spot, folds }: Kept) {
		this.filter = filter;
		this.sorting = sorting;
		this.folds = folds;
		this.#spot = spot;
	}

	hear(message: Heard): void {
		if (message.type === 'dryRun') this.dryRun = message;
		else if (message.type === 'table') this.#take(message.table);
		else this.#change(message);
	}

	get canTick(): boolean {
		return this.view?.phase === 'preview';
	}

	get total(): number {
		return this.#rows.length;
	}

	/** How many rows are shown. */
	get count(): number {
		return this.#order.length;
	}

	get ticked(): number {
		return this.#rows.filter(({ ticked }) => ticked).length;
	}

	/** Those shown, in their order. */
	get shown(): readonly TableRow[] {
		return this.#order.flatMap((index) => this.#rows[index] ?? []);
	}

	/** The row at a place of those shown. */
	at(position: number): TableRow | undefined {
		const index = this.#order[position];
		return index === undefined ? undefined : this.#rows[index];
	}

	/** The place of a row among those shown; -1 where it is not. */
	position(key: string | undefined): number {
		return (key === undefined ? undefined : this.#positions.get(key)) ?? -1;
	}

	/** The cell that the keyboard is on, or would go to. */
	get spot(): Spot {
		const column = this.columns.find(({ id }) => id === this.#spot?.column)?.id ?? this.columns[0]?.id ?? '';
		const row = this.#spot ? this.#spot.row : this.at(0)?.key;
		return { column, ...(row !== undefined && this.position(row) >= 0 && { row }) };
	}

	set spot(spot: Spot) {
		this.#spot = spot;
	}

	get current(): TableRow | undefined {
		return this.at(this.position(this.spot.row));
	}

	arrange(filter: string, sorting: Sorting | undefined): void {
		const place = this.position(this.spot.row);
		this.filter = filter;
		this.sorting = sorting;
		this.#sort();
		this.#keepSpot(place);
	}

	/** Ticks or unticks them; returns the keys of those that this changes. */
	tick(keys: readonly string[], ticked: boolean): readonly string[] {
		const changed = keys.filter((key) => this.row(key)?.ticked === !ticked);
		for (const key of changed) this.#replace({ key, ticked });
		this.dryRun = undefined;
		return changed;
	}

	/** Returns the keys of the rows that have this choice and did not have it chosen. */
	choose(keys: readonly string[], value: string): readonly string[] {
		const changed = keys.filter((key) => {
			const choice = this.row(key)?.choice;
			return choice && choice.value !== value && choice.choices.some((one) => one.value === value);
		});
		for (const key of changed) this.#replace({ key, choice: value });
		this.dryRun = undefined;
		return changed;
	}

	row(key: string): TableRow | undefined {
		return this.#rows[this.#indices.get(key) ?? -1];
	}

	#take(view: TableView): void {
		if (view.phase !== this.view?.phase) this.dryRun = undefined;
		const place = this.position(this.spot.row);
		this.view = view;
		this.#rows = [...view.rows];
		this.#indices = new Map(view.rows.map(({ key }, index) => [key, index]));
		this.columns = columnsOf(view);
		const choices = view.rows.flatMap(({ choice }) => choice?.choices ?? []);
		this.choices = new Map(choices.map(({ value, label }) => [value, label]));
		this.#sort();
		this.#keepSpot(place);
	}

	/** While it is being ticked, no row changes its place or vanishes; while it runs, states decide anew. */
	#change({ rows, status, progress, buttons }: Extract<ToTablePage, { type: 'rows' }>): void {
		if (!this.view) return;
		this.view = { ...this.view, status, progress, buttons };
		rows.forEach((row) => this.#replace(row));
		const place = this.position(this.spot.row);
		if (rows.some(({ state }) => state)) this.#sort();
		this.#keepSpot(place);
	}

	#replace({ key, ticked, choice, state }: RowChange): void {
		const index = this.#indices.get(key);
		const row = this.row(key);
		if (index === undefined || !row) return;
		this.#rows[index] = {
			...row,
			ticked: ticked ?? row.ticked,
			state: state ?? row.state,
			choice: row.choice && choice !== undefined ? { ...row.choice, value: choice } : row.choice,
		};
	}

	#sort(): void {
		const language = document.documentElement.lang || 'en';
		this.#order = orderOf(this.#rows, this.columns, this.filter, this.sorting, language);
		this.#positions = new Map(this.shown.map(({ key }, position) => [key, position]));
	}

	/** Where the row that the keyboard is on is gone, the one that stands there now takes its part. */
	#keepSpot(place: number): void {
		const spot = this.#spot;
		if (spot?.row === undefined || this.position(spot.row) >= 0 || place < 0) return;
		this.#spot = { ...spot, row: this.at(Math.min(place, this.count - 1))?.key };
	}
}
