#include "plugin/source.hpp"

#include "core/address.hpp"
#include "core/digest.hpp"
#include "plugin/cursor.hpp"
#include "plugin/feed_answer.hpp"
#include "plugin/instance.hpp"
#include "plugin/registry.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace crier::plugin {

namespace asio = boost::asio;

namespace {

/// More is no feed, or one that should not be fetched every quarter of an hour.
constexpr std::size_t most_bytes = 32U << 20U;

/// Less is read faster than it is handed to another thread.
constexpr std::size_t small = 64U << 10U;

/// What came, before anybody has read it.
struct Document {
    std::string bytes;
    std::string type;
    std::string base_url;
    Cursor cursor;
    std::optional<Duration> wait;

    Document() = default; // no aggregate: it travels through coroutines (docs/ARCHITECTURE.md, "Traps")
};

/// A document on its way through the pool, which may outlive whoever waits for it.
struct Job {
    std::shared_ptr<Instance> instance;
    Document document;
    Result<Parsed> parsed = Failure{Cause::internal, "not read"};

    void run() { parsed = instance->parse(document.bytes, document.type, document.base_url); }
};

/// The document's items; one that is the same as at the last look is not read again.
asio::awaitable<Result<SourceYield>> read(std::shared_ptr<Instance> instance, WorkerPool& pool,
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
        const std::string& place = job->document.base_url;
        const bool path = !place.empty() && place.front() == '/';
        failure.message = (path ? place : shown_address(place)) + ": " + failure.message;
        co_return failure;
    }
    Parsed& parsed = *job->parsed;
    yield.items = std::move(parsed.items);
    yield.warnings = std::move(parsed.warnings);
    if (parsed.wait)
        yield.wait = std::max(yield.wait.value_or(Duration{}), *parsed.wait);
    co_return yield;
}

/// A source behind an http(s) address.
class WebSource final : public Source {
public:
    WebSource(std::shared_ptr<Instance> instance, std::string url, bool allow_private, HttpClient& http,
              WorkerPool& pool, Clock& clock)
        : instance_(std::move(instance))
        , url_(std::move(url))
        , allow_private_(allow_private)
        , http_(http)
        , pool_(pool)
        , clock_(clock) {}

    asio::awaitable<Result<SourceYield>> poll(std::string cursor) override;

private:
    [[nodiscard]] HttpRequest request(const Cursor& last) const;

    std::shared_ptr<Instance> instance_;
    std::string url_;
    bool allow_private_;
    HttpClient& http_;
    WorkerPool& pool_;
    Clock& clock_;
};

HttpRequest WebSource::request(const Cursor& last) const {
    HttpRequest request{"GET", url_};
    request.follow_redirects = true;
    request.allow_private = allow_private_;
    request.max_body = most_bytes;
    request.headers.emplace_back("Accept",
                                 "application/atom+xml, application/rss+xml, application/feed+json, "
                                 "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5");
    if (!last.etag.empty())
        request.headers.emplace_back("If-None-Match", last.etag);
    if (!last.modified.empty())
        request.headers.emplace_back("If-Modified-Since", last.modified);
    return request;
}

asio::awaitable<Result<SourceYield>> WebSource::poll(std::string cursor) {
    Cursor last = Cursor::read(cursor);
    if (last.url != url_)
        last = Cursor{};
    HttpRequest sent = request(last);
    const HttpResult answer = co_await http_.send(std::move(sent));
    if (!answer)
        co_return answer.error().failure;
    SourceYield yield;
    yield.cursor = std::move(cursor);
    yield.wait = asked_wait(*answer, clock_.now());
    if (answer->status == 304) {
        yield.unchanged = true;
        co_return yield;
    }
    if (answer->status == 410) {
        yield.gone = true;
        co_return yield;
    }
    if (answer->status != 200) {
        yield.trouble = status_failure(shown_address(url_), answer->status);
        co_return yield;
    }
    Document document;
    document.bytes = answer->body;
    document.type = answer->header("Content-Type");
    document.base_url = answer->url;
    document.wait = yield.wait;
    document.cursor.url = answer->moved_to.empty() ? url_ : answer->moved_to;
    document.cursor.etag = answer->header("ETag");
    document.cursor.modified = answer->header("Last-Modified");
    Result<SourceYield> read_yield = co_await read(instance_, pool_, std::move(document), last.digest);
    // Only where a feed was found: a page of some provider's "parked here" is no new address.
    if (read_yield)
        read_yield->moved_to = answer->moved_to;
    co_return read_yield;
}

/// A source that is a file of this machine.
class FileSource final : public Source {
public:
    FileSource(std::shared_ptr<Instance> instance, std::string path, WorkerPool& pool)
        : instance_(std::move(instance))
        , path_(std::move(path))
        , pool_(pool) {}

    asio::awaitable<Result<SourceYield>> poll(std::string cursor) override;

private:
    std::shared_ptr<Instance> instance_;
    std::string path_;
    WorkerPool& pool_;
};

/// Without waiting for anybody: a pipe is refused, and a file that grows while it is read is cut off.
Result<std::string> read_file(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    struct stat info {};
    ssize_t read = fd >= 0 && ::fstat(fd, &info) == 0 ? 1 : -1;
    const bool regular = read > 0 && S_ISREG(info.st_mode);
    std::string bytes;
    std::array<char, 64U << 10U> piece{};
    while (regular && read > 0 && bytes.size() <= most_bytes) {
        read = ::read(fd, piece.data(), piece.size());
        if (read > 0)
            bytes.append(piece.data(), static_cast<std::size_t>(read));
        else if (read < 0 && errno == EINTR)
            read = 1;
    }
    const int error = errno;
    if (fd >= 0)
        ::close(fd);
    if (read < 0)
        return Failure{Cause::permission, path + ": " + std::generic_category().message(error),
                       "the user that crier runs as must be able to read it (under systemd also see "
                       "ReadOnlyPaths= of the unit)"};
    if (!regular)
        return Failure{Cause::config, path + " is no regular file", "put the path of one into `url`"};
    if (bytes.size() > most_bytes)
        return Failure{Cause::server, path + " has more than the " + std::to_string(most_bytes >> 20U) +
                                          " MiB that are read"};
    return bytes;
}

asio::awaitable<Result<SourceYield>> FileSource::poll(std::string cursor) {
    const Cursor last = Cursor::read(cursor);
    Result<std::string> bytes = read_file(path_);
    if (!bytes)
        co_return bytes.error();
    Document document;
    document.bytes = std::move(*bytes);
    document.base_url = path_;
    document.cursor.url = path_;
    std::string known;
    if (last.url == path_)
        known = last.digest;
    co_return co_await read(instance_, pool_, std::move(document), std::move(known));
}

} // namespace

Result<std::unique_ptr<Source>> make_source(const SourceSettings& settings, HttpClient& http,
                                            WorkerPool& pool, Clock& clock, const std::string& moved_to) {
    const crier_plugin* table = find_built_in(settings.plugin);
    if (table == nullptr)
        return Failure{Cause::config, "there is no plugin \"" + settings.plugin + "\"",
                       "`crier check` names those that there are"};
    Result<std::shared_ptr<Instance>> instance = Instance::open(*table, settings.options);
    if (!instance)
        return Failure{instance.error().cause, settings.name + ": " + instance.error().message,
                       instance.error().hint};
    const std::string& url = moved_to.empty() ? settings.url : moved_to;
    if (!url.empty() && url.front() == '/')
        return std::unique_ptr<Source>{std::make_unique<FileSource>(std::move(*instance), url, pool)};
    return std::unique_ptr<Source>{
        std::make_unique<WebSource>(std::move(*instance), url, settings.allow_private, http, pool, clock)};
}

} // namespace crier::plugin
