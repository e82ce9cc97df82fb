// A configuration: the main file, and behind a line "#---" the one that it may include.

#include "config/load.hpp"
#include "fuzzing.hpp"

#include <algorithm>
#include <string>

using namespace crier;

namespace {

constexpr std::string_view parting = "\n#---\n";

config::LoadContext context(std::string main, std::string other) {
    config::LoadContext context;
    context.plugins.push_back({"feed", {"user_agent", "headers", "tags"}, Supply::address});
    context.plugins.push_back({"queue", {"columns"}, Supply::address});
    context.read_file = [main = std::move(main),
                         other = std::move(other)](const std::string& path) -> Result<std::string> {
        if (path == "/etc/crier/crier.yaml")
            return main;
        if (path.size() > 40)
            return Failure{Cause::not_found, "cannot be read"};
        return other;
    };
    context.glob = [](const std::string&) { return std::vector<std::string>{"/etc/crier/conf.d/more.yaml"}; };
    context.file_exists = [](const std::string& path) { return path.size() % 2 == 0; };
    return context;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view all(reinterpret_cast<const char*>(data), size);
    const std::size_t end = std::min(all.find(parting), all.size());
    const std::size_t next = std::min(end + parting.size(), all.size());
    const auto loaded = config::load("/etc/crier/crier.yaml",
                                     context(std::string(all.substr(0, end)), std::string(all.substr(next))));

    bool failed = false;
    for (const auto& problem : loaded.problems) {
        failed = failed || !problem.warning;
        fuzz::must(!problem.message.empty(), "a problem says what is wrong");
        fuzz::must(problem.line >= 0 && problem.column >= 0, "a problem has a place");
        fuzz::must(!config::format(problem).empty(), "a problem can be printed");
    }
    fuzz::must(loaded.settings.has_value() != failed, "there are settings, or there is an error");
    return 0;
}
