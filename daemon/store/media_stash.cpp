#include "store/media_stash.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace crier::store {

namespace asio = boost::asio;

namespace {

struct Kind {
    std::string_view type;
    std::string_view extension;
    std::size_t offset;
    std::string_view magic;
};

using namespace std::string_view_literals;

constexpr Kind kinds[] = {
    {"image/png", ".png", 0, "\x89PNG\r\n"sv},
    {"image/jpeg", ".jpg", 0, "\xff\xd8\xff"sv},
    {"image/gif", ".gif", 0, "GIF8"sv},
    {"image/webp", ".webp", 8, "WEBP"sv},
    {"image/avif", ".avif", 4, "ftypavif"sv},
    {"image/heic", ".heic", 4, "ftypheic"sv},
    {"video/quicktime", ".mov", 4, "ftypqt"sv},
    {"video/mp4", ".mp4", 4, "ftyp"sv},
    {"video/webm", ".webm", 0, "\x1a\x45\xdf\xa3"sv},
    {"audio/mpeg", ".mp3", 0, "ID3"sv},
    {"audio/mpeg", ".mp3", 0, "\xff\xfb"sv},
    {"audio/ogg", ".ogg", 0, "OggS"sv},
    {"audio/flac", ".flac", 0, "fLaC"sv},
    {"audio/wav", ".wav", 8, "WAVE"sv},
};

const Kind* kind_of(std::string_view bytes) noexcept {
    for (const Kind& kind : kinds)
        if (bytes.size() >= kind.offset + kind.magic.size() &&
            bytes.substr(kind.offset, kind.magic.size()) == kind.magic)
            return &kind;
    return nullptr;
}

class MediaStash final : public MediaFetcher {
public:
    MediaStash(HttpClient& http, std::string directory)
        : http_(http)
        , directory_(std::move(directory)) {}

    asio::awaitable<FetchedMedia> fetch(std::string url, std::string name, bool allow_private,
                                        std::uint64_t max_bytes) override;

    void forget(const std::string& file) override {
        if (file.compare(0, directory_.size() + 1, directory_ + "/") == 0)
            ::unlink(file.c_str());
    }

private:
    /// Written beside and renamed, so that a file that is there is whole.
    Result<std::string> keep(const std::string& name, const std::string& bytes) const;

    HttpClient& http_;
    std::string directory_;
};

FetchedMedia refused(Verdict verdict, int http, std::string words) {
    FetchedMedia fetched;
    fetched.reply = Reply{verdict, http, std::move(words)};
    return fetched;
}

Result<std::string> MediaStash::keep(const std::string& name, const std::string& bytes) const {
    const auto failure = [](const std::string& path) {
        return Failure{Cause::temporary, path + ": " + std::strerror(errno),
                       "make room, or make the directory writable"};
    };
    if (::mkdir(directory_.c_str(), 0700) != 0 && errno != EEXIST)
        return failure(directory_);
    std::string path = directory_ + "/" + name;
    const std::string beside = path + ".part";
    const int fd = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return failure(beside);
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t n = ::write(fd, bytes.data() + done, bytes.size() - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            break;
        done += static_cast<std::size_t>(n);
    }
    const bool whole = done == bytes.size();
    if (::close(fd) != 0 || !whole || ::rename(beside.c_str(), path.c_str()) != 0) {
        Failure failed = failure(beside);
        ::unlink(beside.c_str());
        return failed;
    }
    return path;
}

asio::awaitable<FetchedMedia> MediaStash::fetch(std::string url, std::string name, bool allow_private,
                                                std::uint64_t max_bytes) {
    HttpRequest request{"GET", url};
    request.follow_redirects = true;
    request.allow_private = allow_private;
    request.max_body = static_cast<std::size_t>(max_bytes);
    request.headers.emplace_back("Accept", "image/*, video/*, audio/*");
    const HttpResult result = co_await http_.send(std::move(request));
    if (!result) {
        const Failure& failure = result.error().failure;
        // What a later look cannot change is told apart from a network that is down for now.
        const bool lasting = failure.cause == Cause::config || failure.cause == Cause::permission;
        co_return refused(lasting ? Verdict::refused : Verdict::unknown, 0, failure.message);
    }
    if (result->status != 200) {
        const bool later = result->status >= 500 || result->status == 429;
        co_return refused(later ? Verdict::unknown : Verdict::refused, result->status,
                          url + " cannot be had");
    }
    const Kind* kind = kind_of(result->body);
    if (kind == nullptr)
        co_return refused(Verdict::media_failed, result->status, url + " is no picture, video or sound");
    const Result<std::string> path = keep(name + std::string{kind->extension}, result->body);
    if (!path)
        co_return refused(Verdict::unknown, 0, path.error().message);
    FetchedMedia fetched;
    fetched.reply = Reply{Verdict::media_ready, result->status, {}};
    fetched.file = *path;
    fetched.type = std::string{kind->type};
    co_return fetched;
}

} // namespace

std::string sniff_media_type(std::string_view bytes) noexcept {
    const Kind* kind = kind_of(bytes);
    return kind == nullptr ? std::string{} : std::string{kind->type};
}

std::unique_ptr<MediaFetcher> make_media_stash(HttpClient& http, std::string directory) {
    return std::make_unique<MediaStash>(http, std::move(directory));
}

} // namespace crier::store
