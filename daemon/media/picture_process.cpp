#include "media/picture_process.hpp"

#include "media/picture_serve.hpp"
#include "media/picture_wire.hpp"
#include "ports/own_program.hpp"

#include <algorithm>
#include <unistd.h>
#include <utility>

namespace crier::media {

namespace asio = boost::asio;

namespace {

constexpr Duration longest = std::chrono::seconds{60};
/// The unit has half a gigabyte for all (MemoryMax).
constexpr std::size_t most_memory = std::size_t{400} << 20U;

/// The last thing that it said.
std::string last_words(const ProgramEnd& end) {
    std::string words = end.errors.substr(0, end.errors.find_last_not_of(" \n") + 1);
    if (const auto line = words.rfind('\n'); line != std::string::npos)
        words.erase(0, line + 1);
    constexpr std::size_t most = 200;
    std::replace_if(
        words.begin(), words.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; },
        ' ');
    return words.substr(0, most);
}

Result<> judge_picture(const ProgramEnd& end) {
    const std::string words = last_words(end);
    const std::string why = words.empty() ? std::string{} : " (" + words + ")";
    if (end.late)
        return Failure{Cause::server, "to make it smaller took longer than a minute",
                       "make it smaller by yourself"};
    switch (end.code) {
    case picture_made:
        return {};
    case picture_undecodable:
        return Failure{Cause::server, "it cannot be decoded" + why, "put a whole file there"};
    case picture_too_large:
        return Failure{Cause::server, "it cannot be made small enough" + why, "make it smaller by yourself"};
    case picture_no_library:
        return Failure{Cause::unsupported, "it cannot be made smaller here" + why, no_scaling};
    case picture_no_room:
        return Failure{Cause::temporary, "there is no room for it" + why, "make room where the store is"};
    default:
        break;
    }
    constexpr int signals = 128;
    return Failure{
        Cause::server,
        "to decode it failed: the process ended " +
            (end.code > signals ? "by signal " + std::to_string(end.code - signals)
                                : "with " + std::to_string(end.code)) +
            why,
        "the file may be damaged, or take more memory than there is for it: make it smaller by yourself"};
}

} // namespace

bool can_scale() {
    const std::string object = pictures_object();
    return !object.empty() && ::access(object.c_str(), R_OK) == 0;
}

asio::awaitable<Result<>> make_picture(CommandRunner& runner, std::string program, PictureJob job) {
    if (!can_scale())
        co_return Failure{Cause::unsupported, "it cannot be made smaller here", no_scaling};
    ProgramRun run;
    run.arguments = {std::move(program), "picture",
                     job.from,           job.to,
                     "--suffix",         job.suffix,
                     "--bytes",          std::to_string(job.limits.bytes),
                     "--pixels",         std::to_string(job.limits.pixels)};
    if (job.bare)
        run.arguments.emplace_back("--bare");
    run.timeout = longest;
    run.most_memory = own_memory(most_memory);
    const Result<ProgramEnd> end = co_await runner.run(std::move(run));
    Result<> made;
    if (!end)
        made = Failure{Cause::temporary, end.error().message, end.error().hint};
    else
        made = judge_picture(*end);
    if (!made)
        ::unlink(job.to.c_str());
    co_return made;
}

} // namespace crier::media
