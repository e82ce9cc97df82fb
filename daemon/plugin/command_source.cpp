#include "plugin/command_source.hpp"

#include "core/settings.hpp"
#include "core/text/utf8.hpp"
#include "plugin/convert.hpp"
#include "plugin/cursor.hpp"
#include "plugin/document.hpp"

#include <algorithm>
#include <utility>

namespace crier::plugin {

namespace asio = boost::asio;

namespace {

/// Of what a program that went well complains of; a log is no place for more.
constexpr std::size_t most_complaints = 5;
constexpr std::size_t longest_complaint = 200; ///< bytes

/// The first lines of what it wrote to its standard error, fit for a log.
std::vector<std::string> complaints_in(const std::string& errors) {
    std::vector<std::string> lines;
    std::string_view rest = errors;
    while (!rest.empty() && lines.size() < most_complaints) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        const std::string_view kept = text::first_bytes(line, longest_complaint);
        std::string words = clean_text(crier_text{kept.data(), kept.size()});
        if (words.find_first_not_of(" \t") == std::string::npos)
            continue;
        if (kept.size() < line.size())
            words += "...";
        lines.push_back(std::move(words));
    }
    return lines;
}

/// Nothing, where it went well.
Result<> judge(const std::string& program, const ProgramEnd& end, Duration timeout) {
    if (end.late)
        return Failure{Cause::temporary,
                       program + ": it took longer than " + to_text(timeout) + " and was ended",
                       "give it a longer `timeout`"};
    if (end.code == 0)
        return {};
    const std::vector<std::string> complaints = complaints_in(end.errors);
    return Failure{Cause::temporary,
                   program + ": it ended with " + std::to_string(end.code) +
                       (complaints.empty() ? "" : ": " + complaints.front()),
                   "run it by hand, as the user that crier runs as"};
}

} // namespace

asio::awaitable<Result<SourceYield>> CommandSource::poll(std::string cursor) {
    const std::string& program = command_.front();
    ProgramRun run;
    run.arguments = command_;
    run.timeout = timeout_;
    Result<ProgramEnd> end = co_await runner_.run(std::move(run));
    if (!end)
        co_return end.error();
    if (const Result<> good = judge(program, *end, timeout_); !good)
        co_return good.error();
    Document document;
    document.bytes = std::move(end->output);
    document.place = program;
    document.cursor.url = command_text(command_);
    const Cursor last = Cursor::read(cursor);
    std::string known;
    if (last.url == document.cursor.url)
        known = last.digest;
    Result<SourceYield> yield =
        co_await read_document(instance_, pool_, std::move(document), std::move(known));
    if (yield)
        for (std::string& complaint : complaints_in(end->errors))
            yield->warnings.push_back(complaint.insert(0, program + " says: "));
    co_return yield;
}

} // namespace crier::plugin
