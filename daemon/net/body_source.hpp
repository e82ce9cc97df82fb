#pragma once

#include "core/failure.hpp"
#include "ports/http_client.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crier::net {

/// A request's body in pieces: a string, or multipart/form-data whose files are read while they are sent.
///
/// The length is known before the first piece (Content-Length is always sent: chunked requests are lost by
/// some servers). A file that is shorter by then than it was is a failure, so that the request stays
/// incomplete and the server does nothing.
///
/// Ownership: the request must outlive it; files are open while it lives.
class BodySource {
public:
    /// Errors: not_found or permission for a file that cannot be read.
    [[nodiscard]] static Result<BodySource> make(const HttpRequest& request, std::uint64_t boundary_seed);
    ~BodySource();
    BodySource(BodySource&& other) noexcept;
    BodySource& operator=(BodySource&&) = delete;
    BodySource(const BodySource&) = delete;
    BodySource& operator=(const BodySource&) = delete;

    [[nodiscard]] std::uint64_t length() const noexcept { return length_; }
    /// Empty: the caller's.
    [[nodiscard]] const std::string& content_type() const noexcept { return content_type_; }
    [[nodiscard]] bool empty() const noexcept { return length_ == 0; }

    /// The next piece; empty at the end. Valid until the next call.
    [[nodiscard]] Result<std::string_view> next();

private:
    struct Segment {
        std::string text; ///< sent as it is; or, with an fd, the file's path
        int fd = -1;      ///< read up to `size`
        std::uint64_t size = 0;
    };
    BodySource() = default;
    [[nodiscard]] Result<> add_file(const HttpPart& part);
    void add_text(std::string_view text);

    std::string_view plain_; ///< the request's own body
    std::vector<Segment> segments_;
    std::size_t at_ = 0;
    std::uint64_t sent_of_file_ = 0;
    std::uint64_t length_ = 0;
    std::string content_type_;
    std::string buffer_;
};

} // namespace crier::net
