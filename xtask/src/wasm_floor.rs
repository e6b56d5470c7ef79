//! The floor: Chromium 100, Safari 16.4, Firefox 115. A module that asks for more never starts there.

use crate::wasm_opt::Simd;
use anyhow::{Context, Result};
use std::path::Path;
use wasmparser::{Validator, WasmFeatures};

/// What every browser of the floor understands.
const FLOOR: WasmFeatures = WasmFeatures::WASM1
    .union(WasmFeatures::BULK_MEMORY)
    .union(WasmFeatures::MULTI_VALUE)
    .union(WasmFeatures::REFERENCE_TYPES)
    .union(WasmFeatures::SATURATING_FLOAT_TO_INT)
    .union(WasmFeatures::SIGN_EXTENSION);

/// Refuses a module that uses an instruction outside the floor. Every instruction is looked at: a section that merely
/// claims features is not believed.
pub(crate) fn check(module: &Path, simd: Simd) -> Result<()> {
    let bytes = std::fs::read(module)?;
    validate(&bytes, simd)
        .with_context(|| format!("{} needs more than the oldest supported browsers have", module.display()))
}

fn validate(module: &[u8], simd: Simd) -> Result<()> {
    let features = match simd {
        Simd::With => FLOOR.union(WasmFeatures::SIMD),
        Simd::Without => FLOOR,
    };
    Validator::new_with_features(features).validate_all(module)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{CodeSection, Function, FunctionSection, Instruction, Module, TypeSection};

    /// A module of one function.
    fn module(instructions: &[Instruction<'_>]) -> Vec<u8> {
        let (mut types, mut functions, mut codes) =
            (TypeSection::new(), FunctionSection::new(), CodeSection::new());
        types.ty().function([], []);
        functions.function(0);
        let mut function = Function::new([]);
        for instruction in instructions {
            function.instruction(instruction);
        }
        function.instruction(&Instruction::End);
        codes.function(&function);
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&codes);
        module.finish()
    }

    #[test]
    fn an_instruction_that_is_newer_than_the_oldest_browsers_is_found() {
        use Instruction::{Drop, I32Const, I32Extend8S, ReturnCall, V128Const};
        let old = module(&[I32Const(7), I32Extend8S, Drop]);
        let vector = module(&[V128Const(7), Drop]);
        let tail_call = module(&[ReturnCall(0)]);
        for (code, simd, passes) in [
            (&old, Simd::Without, true),
            (&old, Simd::With, true),
            (&vector, Simd::Without, false),
            (&vector, Simd::With, true),
            (&tail_call, Simd::Without, false),
            (&tail_call, Simd::With, false),
        ] {
            assert_eq!(validate(code, simd).is_ok(), passes, "{simd:?}: {:?}", validate(code, simd));
        }
    }
}
