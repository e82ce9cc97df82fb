// crier-bench-schedule [next|lateness|large]: what the schedule costs, and how late it is. Without any: all.

#include "bench/large.hpp"
#include "bench/lateness.hpp"
#include "bench/next_cost.hpp"
#include "bench/report.hpp"

#include <exception>
#include <string_view>

using namespace crier::bench;

int main(int argc, char** argv) {
    const std::string_view wanted = argc > 1 ? argv[1] : "";
    try {
        if (wanted.empty() || wanted == "next")
            next_costs();
        if (wanted.empty() || wanted == "lateness")
            lateness();
        if (wanted.empty() || wanted == "large")
            large();
        return 0;
    } catch (const std::exception& error) {
        say(error.what());
        return 1;
    }
}
