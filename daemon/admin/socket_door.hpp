#pragma once

#include "ports/http_server.hpp"

#include <optional>

namespace crier::admin {

/// The way in by the Unix socket: whoever may open the file may do everything, and no token is asked for. A
/// browser is turned away all the same. It cannot open the socket, so it comes by something that hands a port
/// on to it (`ssh -L 8420:/run/crier/admin.sock`, a web server), and then every page that is open in it would
/// be let in as well: by a form of its own, or by a name that leads here. For browsers there is `admin:
/// listen:`.
///
/// 403: the head says that a browser made it; 421: it is for a host with a name that is not this machine's.
[[nodiscard]] std::optional<LocalResponse> check_socket_head(const LocalRequest& request);

} // namespace crier::admin
