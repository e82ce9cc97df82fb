#include "plugin/document.hpp"

#include "core/digest.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace crier::plugin {

namespace asio = boost::asio;

namespace {

/// Less is read faster than it is handed to another thread.
constexpr std::size_t small = 64U << 10U;

/// A document on its way through the pool, which may outlive whoever waits for it.
struct Job {
    std::shared_ptr<Instance> instance;
    Document document;
    Result<Parsed> parsed = Failure{Cause::internal, "not read"};

    void run() { parsed = instance->parse(document.bytes, document.type, document.base_url); }
};

} // namespace

asio::awaitable<Result<SourceYield>> read_document(std::shared_ptr<Instance> instance, WorkerPool& pool,
                                                   Document document, std::string last_digest) {
    SourceYield yield;
    document.cursor.digest = digest_of(document.bytes).hex();
    yield.cursor = document.cursor.write();
    yield.wait = document.wait;
    if (document.cursor.digest == last_digest) {
        yield.unchanged = true;
        co_return yield;
    }
    const auto job = std::make_shared<Job>();
    job->instance = std::move(instance);
    job->document = std::move(document);
    if (job->document.bytes.size() <= small) {
        job->run();
    } else {
        std::function<void()> work = [job] { job->run(); };
        co_await pool.run(std::move(work));
    }
    if (!job->parsed) {
        Failure failure = job->parsed.error();
        failure.message = job->document.place + ": " + failure.message;
        co_return failure;
    }
    Parsed& parsed = *job->parsed;
    yield.items = std::move(parsed.items);
    yield.warnings = std::move(parsed.warnings);
    if (parsed.wait)
        yield.wait = std::max(yield.wait.value_or(Duration{}), *parsed.wait);
    co_return yield;
}

} // namespace crier::plugin
