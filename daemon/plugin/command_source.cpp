#include "plugin/command_source.hpp"

#include "core/settings.hpp"
#include "plugin/cursor.hpp"
#include "plugin/document.hpp"
#include "plugin/program_end.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace crier::plugin {

namespace asio = boost::asio;

namespace {

/// What a program can read at its start, as one line of JSON.
std::string told_to_program(Instant now, const std::string& cursor) {
    boost::json::object told;
    told["now"] = to_rfc3339(now);
    told["cursor"] = cursor;
    return boost::json::serialize(told) + '\n';
}

} // namespace

asio::awaitable<Result<SourceYield>> CommandSource::poll(std::string cursor) {
    const std::string& program = command_.front();
    Document document;
    document.material.now = clock_.now();
    std::string known = take_up(document, cursor, command_text(command_));
    ProgramRun run;
    run.arguments = command_;
    run.timeout = timeout_;
    run.most_memory = most_memory_;
    run.input = told_to_program(*document.material.now, document.cursor.own);
    Result<ProgramEnd> end = co_await runner_.run(std::move(run));
    if (!end)
        co_return end.error();
    if (const Result<> good = judge_end(program, *end, timeout_); !good)
        co_return good.error();
    document.material.bytes = std::move(end->output);
    document.place = program;
    Result<SourceYield> yield =
        alone(co_await read_document(reader_, std::move(document), std::move(known), Files::absolute));
    if (yield)
        for (std::string& complaint : complaints_in(end->errors))
            yield->warnings.push_back(complaint.insert(0, program + " says: "));
    co_return yield;
}

} // namespace crier::plugin
