// ---------------------------------------------------------------------------------------------------------------
// What is kept: the shell of one program, and nothing else. Never an answer of `/api`, never a report, never a photo.
// BUILD stands above, written by the build: { program, scope, version, assets: [address with its hash | [address, hash]] }
// where a hash is the first 16 digits of the SHA-256 of the content.
// ---------------------------------------------------------------------------------------------------------------

// Caches of one program share a prefix, so that the field and the desk never delete each other's.
const PREFIX = `xunan-${BUILD.program}-`;
const CACHE = PREFIX + BUILD.version;

// A module of one function that returns a vector: valid only where 128-bit SIMD is (the same probe as in the photo
// worker, so that the build it will ask for is the build that is kept).
const HAS_SIMD = WebAssembly.validate(new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]));

// Address → hash of its content, for what this device needs: one of the photo worker's two builds.
const ASSETS = new Map(
  BUILD.assets
    .map((asset) => (Array.isArray(asset) ? asset : [asset, /-([0-9a-f]{16})\./.exec(asset)[1]]))
    .filter(([address]) => !address.startsWith(`${BUILD.scope}photo/${HAS_SIMD ? "plain" : "simd"}-`)),
);

// The page of the program; every address inside its scope opens it.
const SHELL = BUILD.scope;

// Addresses inside a scope that are not pages of its program: the server's answers and the citizen's pages, and (under `/`) the
// desk.
const FOREIGN = ["/api/", "/.well-known/", "/healthz", "/snap", ...(BUILD.scope === "/" ? ["/desk"] : [])];

function isPageOfTheProgram(url) {
  return url.pathname.startsWith(BUILD.scope) && !FOREIGN.some((start) => url.pathname.startsWith(start));
}
