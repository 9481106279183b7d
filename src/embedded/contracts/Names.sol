// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Kept} from "./Kept.sol";

/// What a contract says that wants its caller to ask a gateway and to come back with the answer (EIP-3668).
error OffchainLookup(address sender, string[] urls, bytes callData, bytes4 callbackFunction, bytes extraData);
error UnsupportedResolverProfile(bytes4 selector);

interface Records {
    function resolve(bytes calldata name, bytes calldata data) external view returns (bytes memory);
}

struct GatewayRequest {
    address sender;
    string[] urls;
    bytes data;
}

interface BatchGateway {
    function query(GatewayRequest[] calldata requests) external view returns (bool[] memory, bytes[] memory);
}

/// The resolver of all names: their addresses, and the gateways of those whose addresses are not on the chain.
contract NameResolver is Kept {
    bytes4 constant ADDRESS = bytes4(keccak256("addr(bytes32)"));
    bytes4 constant ADDRESS_OF_COIN = bytes4(keccak256("addr(bytes32,uint256)"));
    uint256 constant ETHER_COIN = 60;

    mapping(bytes32 => address) private accounts;
    mapping(bytes32 => string) private gateways;

    function resolve(bytes calldata name, bytes calldata data) external view returns (bytes memory) {
        bytes32 key = keccak256(name);
        if (bytes(gateways[key]).length == 0) return _answer(accounts[key], data);
        string[] memory urls = new string[](1);
        urls[0] = gateways[key];
        revert OffchainLookup(address(this), urls, msg.data, this.resolveWithProof.selector, msg.data);
    }

    /// The gateway is believed: there is nothing to prove here.
    function resolveWithProof(bytes calldata response, bytes calldata) external pure returns (bytes memory) {
        return response;
    }

    function keeperAddress(bytes32 key, address account) external kept {
        accounts[key] = account;
    }

    function keeperGateway(bytes32 key, string calldata url) external kept {
        gateways[key] = url;
    }

    function _answer(address account, bytes calldata data) private pure returns (bytes memory) {
        bytes4 selector = bytes4(data);
        if (selector == ADDRESS) return abi.encode(account);
        if (selector != ADDRESS_OF_COIN) revert UnsupportedResolverProfile(selector);
        (, uint256 coin) = abi.decode(data[4:], (bytes32, uint256));
        bool known = coin == ETHER_COIN && account != address(0);
        return abi.encode(known ? abi.encodePacked(account) : bytes(""));
    }
}

/// ENS's one door: finds a name's resolver, asks it, and sends the caller to its gateways where it must.
contract UniversalResolver is Kept {
    error ResolverNotFound(bytes name);
    error ResolverNotContract(bytes name, address resolver);
    error ResolverError(bytes errorData);
    error InvalidBatchGatewayResponse();

    mapping(bytes32 => address) private resolvers;

    function resolveWithGateways(bytes calldata name, bytes calldata data, string[] calldata gateways)
        external
        view
        returns (bytes memory, address)
    {
        address resolver = resolvers[keccak256(name)];
        if (resolver == address(0)) revert ResolverNotFound(name);
        if (resolver.code.length == 0) revert ResolverNotContract(name, resolver);
        (bool done, bytes memory answer) = resolver.staticcall(abi.encodeCall(Records.resolve, (name, data)));
        if (done) return (abi.decode(answer, (bytes)), resolver);
        if (bytes4(answer) != OffchainLookup.selector) _fail(answer);
        _sendToGateways(resolver, answer, gateways);
    }

    /// Take the gateways' answers to the one request of `resolveWithGateways`.
    function resolveBatchCallback(bytes calldata response, bytes calldata extraData)
        external
        view
        returns (bytes memory, address)
    {
        (address resolver, bytes4 callback, bytes memory extra) = abi.decode(extraData, (address, bytes4, bytes));
        (bool[] memory failures, bytes[] memory responses) = abi.decode(response, (bool[], bytes[]));
        if (failures.length != 1 || responses.length != 1) revert InvalidBatchGatewayResponse();
        if (failures[0]) _revertWith(responses[0]);
        (bool done, bytes memory answer) =
            resolver.staticcall(abi.encodeWithSelector(callback, responses[0], extra));
        if (!done) _fail(answer);
        return (abi.decode(answer, (bytes)), resolver);
    }

    function keeperResolver(bytes32 key, address resolver) external kept {
        resolvers[key] = resolver;
    }

    function _sendToGateways(address resolver, bytes memory lookup, string[] calldata gateways) private view {
        assembly {
            mstore(add(lookup, 4), sub(mload(lookup), 4))
            lookup := add(lookup, 4)
        }
        (address sender, string[] memory urls, bytes memory callData, bytes4 callback, bytes memory extra) =
            abi.decode(lookup, (address, string[], bytes, bytes4, bytes));
        GatewayRequest[] memory requests = new GatewayRequest[](1);
        requests[0] = GatewayRequest(sender, urls, callData);
        revert OffchainLookup(
            address(this),
            gateways,
            abi.encodeCall(BatchGateway.query, (requests)),
            this.resolveBatchCallback.selector,
            abi.encode(resolver, callback, extra)
        );
    }

    function _fail(bytes memory reason) private pure {
        if (bytes4(reason) == UnsupportedResolverProfile.selector) _revertWith(reason);
        revert ResolverError(reason);
    }

    function _revertWith(bytes memory reason) private pure {
        assembly {
            revert(add(reason, 32), mload(reason))
        }
    }
}
