import * as v from 'valibot';
import { company, entity, project, reference } from './mapping.ts';

/** What belongs to companies, projects and subprojects, as Beebole answers it. */

const named = v.intersect([reference, v.object({ name: v.string() })]);
const withEmail = v.intersect([entity, v.object({ email: v.nullish(v.string()) })]);

/** A group as `tree` gives it: with the groups beneath it, where elsewhere there is only their count. */
export interface Branch extends v.InferOutput<typeof named> {
	readonly groups?: readonly Branch[];
}

const branch: v.GenericSchema<unknown, Branch> = v.intersect([
	named,
	v.object({ groups: v.optional(v.array(v.lazy(() => branch))) }),
]);
const group = v.intersect([named, v.object({ groups: v.optional(v.object({ count: v.number() })) })]);
/** One that is not set has no value. */
const customField = v.intersect([named, v.object({ value: v.nullish(v.string()) })]);

export type Named = v.InferOutput<typeof named>;
export type Person = v.InferOutput<typeof withEmail>;
export type Task = v.InferOutput<typeof entity>;
export type Group = v.InferOutput<typeof group>;
export type CustomField = v.InferOutput<typeof customField>;
export type Members = v.InferOutput<typeof membersReply>;

export const companyReply = v.object({ company });
export const projectReply = v.object({ project });
export const peopleReply = v.object({ people: v.array(withEmail) });
export const tasksReply = v.object({ tasks: v.array(entity) });
export const treeReply = v.object({ groups: v.array(branch) });
export const membersReply = v.object({ members: v.array(named), groups: v.array(named) });
/** The managers of a project come under the name of members. */
export const managersReply = v.object({ members: v.array(withEmail) });
export const groupsReply = v.object({ groups: v.array(group) });
export const customFieldsReply = v.object({ customFields: v.array(customField) });
