#pragma once

#include "support/engine_harness.hpp"

namespace crier::test {

/// A server without keys, on which one post of ours is known to be: a lost reply means a look at the page.
struct Keyless : Harness {
    Keyless() {
        account("news").handle = "bot";
        settings.accounts["news"].receipt = false;
        server.server.idempotent = false;
        server.server.software = "pixelfed";
        start();
        post("the one before", "k0");
        time.run_for(10min);
        server.looks = 0;
    }
    const Post& in_doubt(Fault fault, const std::string& text = "hello") {
        server.faults = {fault};
        return store.post(post(text, "k1"));
    }
};

} // namespace crier::test
