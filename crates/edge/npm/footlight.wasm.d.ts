/** The compiled module, as bundlers for edge runtimes import `.wasm` files. */
declare const module: WebAssembly.Module;
export default module;
