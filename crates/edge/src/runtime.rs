//! What the module brings along because it does without the standard library.

use core::panic::PanicInfo;

#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Traps at once: the worker hands the page on as it is and starts a fresh instance. Writing the message would cost
/// more bytes than the rewriter.
#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
