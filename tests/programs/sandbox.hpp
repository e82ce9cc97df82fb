#pragma once

#include "programs/process.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace crier::test {

/// The real crier-sandbox as a process of its own, and its control interface.
///
/// Thread: any, after the start; each call is a connection of its own.
class Sandbox {
public:
    /// `more`: further command-line arguments, as --tls.
    explicit Sandbox(const TempDir& directory, std::vector<std::string> more = {});

    [[nodiscard]] const std::string& url() const noexcept { return url_; }
    [[nodiscard]] bool tls() const noexcept { return tls_; }
    [[nodiscard]] std::string ca_file() const { return ca_file_; }

    /// Every status ever made, in order: the judge.
    [[nodiscard]] boost::json::array statuses();
    /// Texts of the statuses.
    [[nodiscard]] std::vector<std::string> timeline();
    /// Requests that came in, as the sandbox's log has them; those whose "METHOD /path" begins so.
    [[nodiscard]] std::vector<boost::json::object> requests(const std::string& prefix);
    /// The log after the request with this number, all of it or what came since.
    [[nodiscard]] std::vector<boost::json::object> log(std::int64_t since = 0);

    /// The next `count` requests on `on` meet this; `more` are further fields.
    void fault(const std::string& on, const std::string& what, int count = 1, boost::json::object more = {});
    /// What it shows to everybody: a page, a picture as it was uploaded.
    [[nodiscard]] std::string get(const std::string& path) { return exchange("GET", path, {}); }
    boost::json::value control(const std::string& method, const std::string& path,
                               const boost::json::object& body);

private:
    [[nodiscard]] std::string exchange(const std::string& method, const std::string& path,
                                       const std::string& body);

    std::string url_;
    std::string ca_file_;
    bool tls_ = false;
    std::string port_;
    std::unique_ptr<Process> process_;
};

} // namespace crier::test
