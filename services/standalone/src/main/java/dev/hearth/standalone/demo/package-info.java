/// A story told with real clients: what happens to two devices' events when the network, a device and the server fail.
@NullMarked
package dev.hearth.standalone.demo;

import org.jspecify.annotations.NullMarked;
