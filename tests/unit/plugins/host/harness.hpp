#pragma once

#include "plugin/source.hpp"
#include "support/coro.hpp"
#include "support/virtual_time.hpp"

#include <deque>
#include <stdexcept>
#include <string>
#include <vector>

namespace crier::plugin::test {

/// Answers by a script and keeps what it was asked.
class ScriptedHttp final : public HttpClient {
public:
    boost::asio::awaitable<HttpResult> send(HttpRequest request) override {
        seen.push_back(std::move(request));
        if (script.empty())
            throw std::runtime_error("nobody expected a request to " + seen.back().url);
        HttpResult result = std::move(script.front());
        script.pop_front();
        co_return result;
    }

    HttpResponse& answer(int status, std::string body = {}) {
        HttpResponse response;
        response.status = status;
        response.body = std::move(body);
        response.url = "https://example.org/feed.xml";
        script.emplace_back(std::move(response));
        return *script.back();
    }

    /// The value of a header of the last request; empty when it had none.
    [[nodiscard]] std::string sent(std::string_view name) const {
        for (const auto& [key, value] : seen.back().headers)
            if (key == name)
                return value;
        return {};
    }

    std::deque<HttpResult> script;
    std::vector<HttpRequest> seen;
};

class InlinePool final : public WorkerPool {
public:
    boost::asio::awaitable<void> run(std::function<void()> work) override {
        ++runs;
        work();
        co_return;
    }
    int runs = 0;
};

/// Ends programs by a script and keeps what was asked for.
class ScriptedRunner final : public CommandRunner {
public:
    boost::asio::awaitable<Result<ProgramEnd>> run(ProgramRun program) override {
        seen.push_back(std::move(program));
        if (script.empty())
            throw std::runtime_error("nobody expected a run of " + seen.back().arguments.at(0));
        Result<ProgramEnd> end = std::move(script.front());
        script.pop_front();
        co_return end;
    }

    ProgramEnd& end(int code, std::string output, std::string errors = {}) {
        ProgramEnd one;
        one.code = code;
        one.output = std::move(output);
        one.errors = std::move(errors);
        script.emplace_back(std::move(one));
        return *script.back();
    }

    std::deque<Result<ProgramEnd>> script;
    std::vector<ProgramRun> seen;
};

/// One source of the feed plugin and the world around it.
struct World {
    boost::asio::io_context context{1};
    crier::test::VirtualTime clock{context, *from_rfc3339("2026-11-24T12:00:00Z")};
    ScriptedHttp http;
    ScriptedRunner programs;
    InlinePool pool;
    SourceSettings settings;

    World() {
        settings.name = "blog";
        settings.plugin = "feed";
        settings.url = "https://example.org/feed.xml";
    }

    [[nodiscard]] SourcePorts ports() {
        return SourcePorts{http, programs, pool, clock, nullptr, "/usr/bin/crier"};
    }
    [[nodiscard]] std::unique_ptr<Source> source(const std::string& moved_to = {}) {
        return make_source(settings, ports(), moved_to).value();
    }
    [[nodiscard]] Result<SourceYield> look(Source& source, std::string cursor = {}) {
        return crier::test::run(context, source.poll(std::move(cursor)));
    }
};

inline std::string rss(const std::string& items) {
    return "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>t</title>" + items +
           "</channel></rss>";
}

inline std::string rss_item(const std::string& id) {
    return "<item><guid>" + id + "</guid><title>Title of " + id + "</title></item>";
}

} // namespace crier::plugin::test
