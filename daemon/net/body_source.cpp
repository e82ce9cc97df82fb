#include "net/body_source.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace crier::net {
namespace {

constexpr std::size_t file_piece = 64U << 10U;

/// A name in a part's head: quotes and line breaks would end it early (HTML, multipart/form-data).
std::string escaped(std::string_view name) {
    std::string out;
    for (const char c : name) {
        if (c == '"')
            out += "%22";
        else if (c == '\r')
            out += "%0D";
        else if (c == '\n')
            out += "%0A";
        else
            out += c;
    }
    return out;
}

} // namespace

BodySource::~BodySource() {
    for (const Segment& segment : segments_)
        if (segment.fd >= 0)
            ::close(segment.fd);
}

BodySource::BodySource(BodySource&& other) noexcept
    : plain_(other.plain_)
    , segments_(std::move(other.segments_))
    , at_(other.at_)
    , sent_of_file_(other.sent_of_file_)
    , length_(other.length_)
    , content_type_(std::move(other.content_type_))
    , buffer_(std::move(other.buffer_)) {
    other.segments_.clear();
}

/// Neighbours become one piece, and so one packet.
void BodySource::add_text(std::string_view text) {
    length_ += text.size();
    if (segments_.empty() || segments_.back().fd >= 0)
        segments_.emplace_back();
    segments_.back().text += text;
}

Result<> BodySource::add_file(const HttpPart& part) {
    Segment segment;
    segment.text = part.file;
    // Without waiting: opening a pipe would wait for its writer.
    segment.fd = ::open(part.file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat info {};
    const bool known = segment.fd >= 0 && ::fstat(segment.fd, &info) == 0;
    const int error = errno;
    if (!known || !S_ISREG(info.st_mode)) {
        if (segment.fd >= 0)
            ::close(segment.fd);
        const bool denied = !known && (error == EACCES || error == EPERM);
        return Failure{denied ? Cause::permission : Cause::not_found,
                       part.file + ": " +
                           (known ? std::string{"no regular file"} : std::generic_category().message(error)),
                       "the file must be there, and readable for the daemon's user"};
    }
    segment.size = static_cast<std::uint64_t>(info.st_size);
    length_ += segment.size;
    segments_.push_back(std::move(segment));
    return {};
}

Result<BodySource> BodySource::make(const HttpRequest& request, std::uint64_t boundary_seed) {
    BodySource source;
    if (request.parts.empty()) {
        source.plain_ = request.body;
        source.length_ = request.body.size();
        return source;
    }
    const std::string boundary =
        "crier-" + std::to_string(boundary_seed) + "-" + std::to_string(request.parts.size());
    source.content_type_ = "multipart/form-data; boundary=" + boundary;
    for (const HttpPart& part : request.parts) {
        std::string head =
            "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + escaped(part.name) + "\"";
        if (!part.file.empty())
            head += "; filename=\"" + escaped(part.filename) + "\"\r\nContent-Type: " +
                    (part.content_type.empty() ? "application/octet-stream" : escaped(part.content_type));
        source.add_text(head + "\r\n\r\n");
        if (part.file.empty())
            source.add_text(part.value);
        else if (const Result<> added = source.add_file(part); !added)
            return added.error();
        source.add_text("\r\n");
    }
    source.add_text("--" + boundary + "--\r\n");
    return source;
}

Result<std::string_view> BodySource::next() {
    if (!plain_.empty())
        return std::exchange(plain_, std::string_view{});
    while (at_ < segments_.size()) {
        Segment& segment = segments_[at_];
        if (segment.fd < 0) {
            ++at_;
            if (!segment.text.empty())
                return std::string_view{segment.text};
            continue;
        }
        if (sent_of_file_ == segment.size) {
            sent_of_file_ = 0;
            ++at_;
            continue;
        }
        buffer_.resize(file_piece);
        const std::size_t want =
            static_cast<std::size_t>(std::min<std::uint64_t>(file_piece, segment.size - sent_of_file_));
        const ssize_t n = ::pread(segment.fd, buffer_.data(), want, static_cast<off_t>(sent_of_file_));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return Failure{Cause::temporary,
                           segment.text + ": the file became shorter while it was sent, or cannot be read"};
        sent_of_file_ += static_cast<std::uint64_t>(n);
        return std::string_view{buffer_.data(), static_cast<std::size_t>(n)};
    }
    return std::string_view{};
}

} // namespace crier::net
