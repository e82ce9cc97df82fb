// crier-bench-feed [parse|outbox|polls|steady]: what a feed costs, from its bytes to the outbox and when
// nothing is new. Without any: all.

#include "bench/feed_outbox.hpp"
#include "bench/feed_parse.hpp"
#include "bench/feed_polls.hpp"
#include "bench/feed_steady.hpp"
#include "bench/report.hpp"

#include <exception>
#include <string_view>

using namespace crier::bench;

int main(int argc, char** argv) {
    const std::string_view wanted = argc > 1 ? argv[1] : "";
    try {
        if (wanted.empty() || wanted == "parse")
            feed_parse();
        if (wanted.empty() || wanted == "outbox")
            feed_outbox();
        if (wanted.empty() || wanted == "polls")
            feed_polls();
        if (wanted.empty() || wanted == "steady")
            feed_steady();
        return 0;
    } catch (const std::exception& error) {
        say(error.what());
        return 1;
    }
}
