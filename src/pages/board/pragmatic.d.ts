// The package names its parts by folders, which Node's resolution of modules does not follow to their types.

declare module '@atlaskit/pragmatic-drag-and-drop/element/adapter' {
	export * from '@atlaskit/pragmatic-drag-and-drop/dist/types/entry-point/element/adapter.js';
}
declare module '@atlaskit/pragmatic-drag-and-drop/combine' {
	export * from '@atlaskit/pragmatic-drag-and-drop/dist/types/entry-point/combine.js';
}
declare module '@atlaskit/pragmatic-drag-and-drop/element/set-custom-native-drag-preview' {
	export * from '@atlaskit/pragmatic-drag-and-drop/dist/types/entry-point/element/set-custom-native-drag-preview.js';
}
declare module '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge' {
	export * from '@atlaskit/pragmatic-drag-and-drop-hitbox/dist/types/closest-edge.js';
}
