import { boardOf } from '../../test/pages/boards.ts';
import { openPages } from '../../test/pages/rig.ts';
import { themes } from '../../test/pages/themes.ts';
import { build } from '../lib/build.mjs';

const lanes = 8;
const cardsInLane = 250;
const size = { width: 1280, height: 800 };
const rounds = 9;
const scrollMs = 5000;
/** A frame of a screen with 60 of them a second; milliseconds. */
const frameMs = 1000 / 60;

/**
 * The page of a board with 2,000 cards: how long until all that can be seen of it is drawn, against a static page with the
 * same cards in the same look, and how evenly it moves while it is scrolled and while a card is dragged across it.
 */
export async function run({ report }) {
	await build();
	const pages = await openPages();
	try {
		const board = boardOf(lanes, cardsInLane);
		const ours = pages.address('board', { theme: 'dark', hears: [{ type: 'board', board }] });
		const still = pages.serve(staticPage(await drawnLook(pages, ours), board));
		const paint = await measurePaint(pages, ours, still, report);
		const moving = await measureMoving(pages, ours, report);
		return { cards: lanes * cardsInLane, ...paint, ...moving };
	} finally {
		await pages.close();
	}
}

async function measurePaint(pages, ours, still, report) {
	const taken = { ours: [], still: [] };
	// The first one of each warms up what the browser keeps.
	for (let round = 0; round <= rounds; round++) {
		for (const name of round % 2 ? ['ours', 'still'] : ['still', 'ours']) {
			const one = await timePaint(pages, name === 'ours' ? ours : still);
			if (round > 0) taken[name].push(one);
		}
	}
	const figures = Object.fromEntries(
		['seenMs', 'firstMs'].flatMap((key) => {
			const [own, other] = [taken.ours, taken.still].map((all) => median(all.map((one) => one[key])));
			return [
				[key, round1(own)],
				[`static${key[0].toUpperCase()}${key.slice(1)}`, round1(other)],
				[key === 'seenMs' ? 'seenRatio' : 'firstRatio', round2(own / other)],
			];
		}),
	);
	report(`paint: ${JSON.stringify(figures)}`);
	// All that is seen counts: the first paint of a static page may be a piece of it, as far as it has come by then.
	return { paintRatio: figures.seenRatio, ...figures };
}

/** From the navigation to the first paint that shows anything, and to the first frame in which all columns that are seen have cards. */
async function timePaint({ browser }, address) {
	const page = await browser.newPage({ viewport: size });
	await page.addInitScript(watchPaint);
	await page.goto(address);
	const times = await page.waitForFunction(() => window.paintTimes?.());
	const value = await times.jsonValue();
	await page.close();
	return value;
}

/** Runs in either page. What is seen counts as drawn with the frame after the one that has it. */
function watchPaint() {
	let seen;
	const look = () => {
		const columns = [...document.querySelectorAll('[role=listbox]')].map((list) => list.getBoundingClientRect());
		const inView = columns.filter(({ left, right }) => left < innerWidth && right > 0);
		const filled = ({ left, width, bottom }) => {
			const y = Math.min(bottom, innerHeight) - 12;
			const middle = Math.min(left + width / 2, innerWidth - 2);
			const here = [y, y - 12].map((at) => document.elementFromPoint(middle, at)?.closest('[role=option]'));
			return here.some(Boolean);
		};
		const enough = inView.length > 0 && Math.max(...inView.map(({ right }) => right)) >= innerWidth - 20;
		if (enough && inView.every(filled)) requestAnimationFrame(() => (seen = performance.now()));
		else requestAnimationFrame(look);
	};
	requestAnimationFrame(look);
	window.paintTimes = () => {
		const first = performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
		return seen && first && { seenMs: Math.max(seen, first), firstMs: first };
	};
}

async function measureMoving({ browser }, address, report) {
	const page = await browser.newPage({ viewport: size });
	await page.goto(address);
	await page.locator('[data-card="0-0"]').waitFor();
	await page.evaluate(watchFrames);
	const idle = await during(page, () => page.evaluate((ms) => new Promise((end) => setTimeout(end, ms)), 2000));
	const scroll = await during(page, () => page.evaluate(scrollAll, scrollMs));
	await page.evaluate(() => document.querySelector('.lanes').scrollTo(0, 0));
	const drag = await during(page, () => dragAcross(page));
	await page.close();
	for (const [name, figures] of Object.entries({ idle, scroll, drag })) report(`${name}: ${JSON.stringify(figures)}`);
	return {
		longestFrameMs: Math.max(scroll.longestFrameMs, drag.longestFrameMs),
		droppedFrames: scroll.droppedFrames + drag.droppedFrames,
		frames: scroll.frames + drag.frames,
		longTasks: scroll.longTasks + drag.longTasks,
		scroll,
		drag,
		idle,
	};
}

/** Runs in the page: the times of all frames, and the tasks that the browser calls long. */
function watchFrames() {
	window.frameTimes = [];
	window.longTasks = [];
	const note = (time) => {
		window.frameTimes.push(time);
		requestAnimationFrame(note);
	};
	requestAnimationFrame(note);
	new PerformanceObserver((list) => {
		window.longTasks.push(...list.getEntries().map(({ duration }) => duration));
	}).observe({ entryTypes: ['longtask'] });
}

async function during(page, act) {
	await page.evaluate(() => {
		window.frameTimes.length = 0;
		window.longTasks.length = 0;
	});
	await act();
	const { times, tasks } = await page.evaluate(() => ({ times: [...window.frameTimes], tasks: [...window.longTasks] }));
	const gaps = times.slice(1).map((time, at) => time - times[at]);
	return {
		longestFrameMs: round1(Math.max(...gaps)),
		droppedFrames: gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / frameMs) - 1), 0),
		frames: gaps.length,
		longTasks: tasks.length,
	};
}

/** Runs in the page: the board goes right and left again, and the list in its middle down, as fast as a wheel is turned. */
function scrollAll(duration) {
	const pixelsInSecond = 4000;
	const started = performance.now();
	const board = document.querySelector('.lanes');
	let last = started;
	return new Promise((end) => {
		const step = () => {
			const now = performance.now();
			const part = (now - started) / duration;
			if (part >= 1) return end();
			const middle = board.getBoundingClientRect();
			const under = document.elementFromPoint(middle.left + middle.width / 2, middle.top + middle.height / 2);
			board.scrollLeft = (1 - Math.abs(1 - 2 * part)) * (board.scrollWidth - board.clientWidth);
			under
				?.closest('[data-lane]')
				?.querySelector('.list')
				?.scrollBy(0, ((now - last) / 1000) * pixelsInSecond);
			last = now;
			requestAnimationFrame(step);
		};
		requestAnimationFrame(step);
	});
}

async function dragAcross(page) {
	const card = await page.locator('[data-lane="lane-0"] [data-card]').first().boundingBox();
	const y = card.y + card.height / 2;
	const nextFrame = () => page.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)));
	await page.mouse.move(card.x + 60, y);
	await page.mouse.down();
	for (let x = card.x + 60; x < size.width - 100; x += 12) {
		await page.mouse.move(x, y + 150 * Math.sin(x / 120));
		await nextFrame();
	}
	await page.mouse.up();
	await page.waitForFunction(() => window.told.some(({ type }) => type === 'move'));
}

/** The markup of one card and the sheets of the page, as our page has them. */
async function drawnLook({ browser }, address) {
	const page = await browser.newPage({ viewport: size });
	await page.goto(address);
	await page.locator('[data-card="0-0"]').waitFor();
	const look = await page.evaluate(() => ({
		sheets: document.adoptedStyleSheets.map((sheet) => [...sheet.cssRules].map((rule) => rule.cssText).join('\n')),
		lanes: document.querySelector('.lanes').getAttribute('style'),
		stride: Number(/height: (\d+)px/.exec(document.querySelector('.space').getAttribute('style'))?.[1]),
	}));
	await page.close();
	return look;
}

function staticPage({ sheets, lanes: sizes, stride }, board) {
	const variables = Object.entries(themes.dark.variables).map(([name, value]) => `${name}: ${value};`);
	const sheet = `:root { ${variables.join(' ')} }\n${sheets.join('\n')}`;
	const columns = board.lanes.map((lane) => staticLane(lane, stride / lane.cards.length));
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Board</title>
<link rel="stylesheet" href="/codicon.css"><style>${sheet}</style></head>
<body><boardwalk-board><main><header class="head"><h1 class="clip">${board.title}</h1></header>
<div class="lanes" style="${sizes}">${columns.join('')}</div></main></boardwalk-board></body></html>`;
}

function staticLane({ name, count, cards }, stride) {
	const options = cards.map((card, at) => staticCard(card, at * stride));
	return `<boardwalk-lane><section class="lane"><header><h2><span class="name clip">${name}</span></h2>
<span class="count quiet">${count}</span></header><div class="list" role="listbox"><div class="space" style="--height: ${cards.length * stride}px">
${options.join('')}</div></div></section></boardwalk-lane>`;
}

function staticCard(card, top) {
	const fact = (picture, text) =>
		`<span class="fact"><span class="codicon codicon-${picture}"></span><span class="clip">${text}</span></span>`;
	const dates = [
		card.due && fact(card.due.overdue ? 'warning' : 'calendar', card.due.text),
		card.blocked && fact('circle-slash', card.blocked),
	];
	const people = [
		card.assignees && fact('account', card.assignees),
		card.progress && fact('checklist', `${card.progress.done}/${card.progress.total}`),
		card.comments && fact('comment', card.comments),
	];
	const labels = (card.labels ?? []).map((label) => `<span class="badge">${label}</span>`);
	return `<div class="card" role="option" tabindex="-1" style="top: ${top + 2}px"><span class="unseen">${card.spoken}</span>
<div><div class="line quiet"><span class="clip">${card.key} · ${card.status}</span></div><div class="title">${card.title}</div>
<div class="line labels">${labels.join('')}</div><div class="line">${dates.filter(Boolean).join('')}</div>
<div class="line quiet">${people.filter(Boolean).join('')}</div></div></div>`;
}

function median(values) {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function round1(value) {
	return Math.round(value * 10) / 10;
}

function round2(value) {
	return Math.round(value * 100) / 100;
}
