#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| selfsame_fuzz::page::TARGET.run(input));
